"""Jobs (API-08): work that is asked for by a request and done after it, item by item, by whichever worker is there.

A job is a row of its société (SEC-03). What is shared by all is the queue, which holds no more than where that row is.
"""

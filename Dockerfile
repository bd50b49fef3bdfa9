FROM python:3.13-slim AS construction
WORKDIR /source
COPY requirements/dev.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/dev.txt
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip wheel --no-deps --no-build-isolation --wheel-dir /roues .

FROM python:3.13-slim
COPY requirements/base.txt /tmp/base.txt
RUN pip install --no-cache-dir --require-hashes -r /tmp/base.txt && rm /tmp/base.txt
COPY --from=construction /roues /roues
RUN pip install --no-cache-dir --no-deps /roues/*.whl && rm -r /roues && useradd --uid 10001 --no-create-home aurore
USER 10001
EXPOSE 8000
CMD ["aurore", "serve"]

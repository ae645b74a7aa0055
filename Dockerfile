# newsclean in a container: docker build -t newsclean . && docker run --rm newsclean https://news.example/7
# Articles and the ledger are in /data: docker run --rm -v "$PWD:/data" newsclean site https://news.example/
FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml setup.py constraints.txt README.md LICENSE ./
COPY newsclean newsclean
RUN python -m venv /opt/newsclean \
 && /opt/newsclean/bin/pip install --no-cache-dir -c constraints.txt '.[parquet,postgresql,s3]'

FROM python:3.13-slim
COPY --from=build /opt/newsclean /opt/newsclean
RUN useradd --create-home --uid 1000 newsclean && mkdir /data && chown newsclean /data
ENV PATH=/opt/newsclean/bin:$PATH PYTHONUNBUFFERED=1
USER newsclean
WORKDIR /data
ENTRYPOINT ["newsclean"]
CMD ["--help"]

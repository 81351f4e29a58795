# The bot, built from the lock: nothing but exactly those files is installed.
# The Python is the one that the lock was made for.
FROM python:3.11-slim AS build
WORKDIR /src
COPY requirements.lock pyproject.toml README.md LICENSE ./
RUN python -m venv /opt/bangdan \
    && /opt/bangdan/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY bot bot
COPY store store
COPY seeds seeds
RUN /opt/bangdan/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
# The smallest font with Chinese letters, for pictures in Chinese.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --home-dir /data --create-home bangdan
COPY --from=build /opt/bangdan /opt/bangdan
ENV PATH=/opt/bangdan/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER bangdan
WORKDIR /data
CMD ["bangdan", "run"]

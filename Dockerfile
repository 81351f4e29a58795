# The bot, built from the lock of what it runs with: exactly those files are installed, and no tests or checkers.
# The Python is the one that the lock was made for.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/bangdan
COPY requirements-run.lock ./
RUN /opt/bangdan/bin/pip install --no-cache-dir --no-compile --require-hashes --only-binary :all: -r requirements-run.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY store store
COPY seeds seeds
# What installs is of no use to what runs, nor are the libraries' own tests and headers.
RUN /opt/bangdan/bin/pip install --no-cache-dir --no-compile --no-deps --no-build-isolation . \
    && /opt/bangdan/bin/pip uninstall --yes setuptools pip \
    && find /opt/bangdan -type d \( -name tests -o -name include \) -path '*/site-packages/*' -prune -exec rm -r {} +
# Bytecode without docstrings and assertions (5 MB of the running bot's memory), and the catalogues, compiled here
# since nothing can be written later.
RUN /opt/bangdan/bin/python -m compileall -q -o 2 /opt/bangdan/lib && PYTHONOPTIMIZE=2 /opt/bangdan/bin/bangdan --version

FROM python:3.11-slim
# The smallest font with Chinese letters, for pictures in Chinese.
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-wqy-microhei \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home bangdan
COPY --from=build /opt/bangdan /opt/bangdan
# Python's own library comes without bytecode in this image.
RUN python -m compileall -q -o 2 -x '/(test|idlelib|lib2to3|ensurepip|tkinter|turtledemo|site-packages)/' /usr/local/lib/python3.11
ENV PATH=/opt/bangdan/bin:$PATH PYTHONOPTIMIZE=2 PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001
WORKDIR /data
VOLUME /data
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-m", "bot.outside.probe"]
CMD ["bangdan", "run"]

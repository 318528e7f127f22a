# The image: onrecord, with the release of its bundled dossier inside. It writes nothing while it runs:
#
#   docker build --tag onrecord .
#   docker run --read-only --publish 8000:8000 onrecord
#
# To serve other releases, mount their folder: --volume "$PWD/onrecord-data:/srv/onrecord-data:ro"

FROM python:3.13-slim AS build
WORKDIR /src

# First what seldom changes, so that a change of the code installs none of it again. What builds the wheel stays here.
COPY requirements.lock requirements-build.lock ./
RUN python -m venv --without-pip /opt/onrecord \
    && pip --python /opt/onrecord install --no-cache-dir --require-hashes --requirement requirements.lock \
    && python -m venv --without-pip /opt/build \
    && pip --python /opt/build install --no-cache-dir --require-hashes --requirement requirements-build.lock

# Of the folder only what .dockerignore lets through.
COPY . ./
RUN pip --python /opt/build wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheels . \
    && pip --python /opt/onrecord install --no-cache-dir --no-deps /wheels/*.whl \
    && pip --python /opt/onrecord check \
    && /opt/onrecord/bin/onrecord build app/fixtures/*/ --store /srv/onrecord-data


FROM python:3.13-slim
COPY --from=build /opt/onrecord /opt/onrecord
COPY --from=build /srv/onrecord-data /srv/onrecord-data

ENV PATH=/opt/onrecord/bin:$PATH \
    ONRECORD_STORE=/srv/onrecord-data \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# Nobody in particular, as a number so that an orchestrator can see that it is not root.
USER 10001:10001
WORKDIR /srv
EXPOSE 8000

# With ONRECORD_HOSTS set, name 127.0.0.1 there too: the check asks by that name.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as ask; ask.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]

CMD ["onrecord", "serve", "--host", "0.0.0.0", "--port", "8000"]

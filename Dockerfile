# OpenHIX on Debian: docker build -t openhix . && docker run -e DATABASE_URL=... openhix migrate
# A test runs the RUN steps in a clean folder (tests/launcher/test_operate.py).
FROM debian:trixie-slim

RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates make python3 python3-venv

WORKDIR /srv/openhix
COPY . .
RUN make install

# Keys, collected static files and, without DATABASE_URL, the embedded database.
ENV OPENHIX_HOME=/var/lib/openhix
RUN install --directory --mode=0700 --owner=nobody --group=nogroup "$OPENHIX_HOME"
VOLUME /var/lib/openhix

USER nobody
ENV PATH=/srv/openhix/.venv/bin:$PATH
EXPOSE 8000
ENTRYPOINT ["openhix"]
CMD ["web", "--host", "0.0.0.0"]

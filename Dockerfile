# The service in an image: the program, its certificates and nothing else. Runs as an unprivileged user, also with a
# read-only root file system; the database lies on the volume.
#
#   docker build -t spinemet .
#   docker run --rm --read-only -p 8080:8080 -v spinemet:/var/lib/spinemet \
#     -v /etc/spinemet:/etc/spinemet:ro -e SPINEMET_CONFIG=/etc/spinemet/spinemet.toml spinemet
#
# It listens on every address, so that it starts only with settings that say who may call (cds_clients and api_clients, or
# cds_hooks_without_token and fhir_without_token).
ARG RUST_VERSION=1.95

# Dependencies first, against empty sources of our own: the layer stays until a manifest, the lock file or fhir-wire
# changes. fhir-wire is in it as it is, because compiling its use of fhirbolt takes minutes and it rarely changes.
FROM rust:${RUST_VERSION}-slim-bookworm AS build
WORKDIR /build
RUN apt-get update \
    && apt-get install -y --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/*
COPY Cargo.toml Cargo.lock ./
COPY benches benches
COPY crates/engine/Cargo.toml crates/engine/Cargo.toml
COPY crates/fhir-wire crates/fhir-wire
RUN mkdir -p src crates/engine/src \
    && touch src/lib.rs crates/engine/src/lib.rs \
    && echo 'fn main() {}' > src/main.rs \
    && cargo build --release --locked

# Cargo compares times of files. Our sources have to be newer than what was built from the empty ones; those of fhir-wire
# are what the layer above was built from, whatever time the checkout gave them.
COPY . .
RUN find src crates/engine/src -name '*.rs' -exec touch {} + \
    && find crates/fhir-wire -type f -exec touch --date=2000-01-01 {} + \
    && cargo build --release --locked \
    && mkdir -p /image/var/lib/spinemet /image/usr/local/bin /image/usr/share/doc/spinemet \
    && cp target/release/spinemet /image/usr/local/bin/ \
    && cp LICENSE-MIT LICENSE-APACHE NOTICE /image/usr/share/doc/spinemet/

FROM gcr.io/distroless/cc-debian12
COPY --from=build --chown=65532:65532 /image/var/lib/spinemet /var/lib/spinemet
COPY --from=build /image/usr /usr
# A number and no name, so that Kubernetes can see that it is not root.
USER 65532:65532
WORKDIR /var/lib/spinemet
VOLUME /var/lib/spinemet
ENV SPINEMET_LISTEN=0.0.0.0:8080 \
    SPINEMET_DATABASE=/var/lib/spinemet/spinemet.db
EXPOSE 8080
# The image has no shell and no curl: the program asks itself.
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s CMD ["/usr/local/bin/spinemet", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/spinemet"]
CMD ["serve"]

FROM golang:1.26-bookworm AS build
WORKDIR /src
# The same flags as in the Makefile.
ENV CGO_ENABLED=0 GOFLAGS="-buildvcs=false -tags=nomsgpack -gcflags=github.com/followthrough/followthrough/frontend=-d=inlfuncswithclosures=0"
COPY go.mod go.sum ./
RUN go mod download
COPY . .
RUN go build -trimpath -ldflags='-s -w' -o /out/followthrough ./cmd/followthrough

FROM debian:bookworm-slim
# The record is readable by the program only.
RUN install -d -m 0700 -o 65532 -g 65532 /data
# For a PostgreSQL server whose certificate is verified.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/followthrough /usr/local/bin/followthrough
ENV FOLLOWTHROUGH_ADDR=0.0.0.0:8080 FOLLOWTHROUGH_DATA=/data
USER 65532:65532
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/usr/local/bin/followthrough"]
CMD ["serve"]

package main

import (
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
)

// profile answers with profiles of the program on an address of its own, which must be of this machine: they name memory
// contents and slow the program down. Empty serves none. close ends it.
func profile(addr string, log *slog.Logger) (at string, close func() error, err error) {
	if addr == "" {
		return "", func() error { return nil }, nil
	}
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", nil, usageError{fmt.Errorf("--pprof: %q is not an address of this machine such as 127.0.0.1:6060", addr)}
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, fmt.Errorf("cannot listen: %w; name another address with --pprof", err)
	}
	mux := http.NewServeMux() // the package's own handlers hang on the default one, which serves nothing here
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: readHeaderTimeout, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError)}
	go func() { _ = server.Serve(listener) }() // it ends when it is closed
	return "http://" + listener.Addr().String() + "/debug/pprof/", server.Close, nil
}

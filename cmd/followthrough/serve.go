package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/handlers/session"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/transfer"
	"github.com/followthrough/followthrough/seed"
)

// Limits of a connection; docs/architecture.md says why.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 60 * time.Second
	maxHeaderBytes    = 32 << 10
	graceTimeout      = 20 * time.Second // for requests in progress when the program is told to stop
)

type serveCommand struct {
	database
	Addr    string   `env:"FOLLOWTHROUGH_ADDR" default:"127.0.0.1:8080" help:"Address to serve on; port 0 takes a free one." placeholder:"HOST:PORT"`
	Origin  string   `env:"FOLLOWTHROUGH_ORIGIN" help:"Public scheme and host, such as https://tracker.example; taken from each request when left out." placeholder:"URL"`
	Proxies []string `name:"trusted-proxies" env:"FOLLOWTHROUGH_TRUSTED_PROXIES" help:"Addresses or networks of the proxies in front, which say where a request came from." placeholder:"NETWORK"`
	Seed    string   `env:"FOLLOWTHROUGH_SEED" default:"quad" enum:"quad,none" help:"What a new database starts with: ${enum}."`
	Pprof   string   `env:"FOLLOWTHROUGH_PPROF" help:"Address of this machine that answers with profiles of the program; none when left out." placeholder:"HOST:PORT"`
	Log     string   `env:"FOLLOWTHROUGH_LOG" default:"info" enum:"error,info" help:"What is logged on standard error: ${enum}. info has a line for each request."`
}

// Run opens the record, seeds a new one, says where it is served and serves it until told to stop.
func (c *serveCommand) Run(env *environment) error {
	if u, err := url.Parse(c.Origin); c.Origin != "" && (err != nil || u.Host == "" || u.Path != "" || u.Scheme != "https" && u.Scheme != "http") {
		return usageError{fmt.Errorf("--origin: %q is not a scheme and host such as https://tracker.example", c.Origin)}
	}
	proxies, err := networks(c.Proxies)
	if err != nil {
		return err
	}
	listener, err := listen(c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	record, err := c.open(env.ctx, env.now)
	if err != nil {
		return err
	}
	defer record.close()
	if err := record.CheckHead(env.ctx); err != nil {
		return err
	}
	if err := c.fill(env, record); err != nil {
		return err
	}
	level := slog.LevelInfo
	if c.Log == "error" {
		level = slog.LevelError
	}
	log := slog.New(slog.NewTextHandler(env.errors, &slog.HandlerOptions{Level: level}))
	profiles, closeProfiles, err := profile(c.Pprof, log)
	if err != nil {
		return err
	}
	defer closeProfiles()
	code := ""
	if some, err := record.HasUsers(env.ctx); err != nil {
		return err
	} else if !some {
		code = session.NewSecret()
	}
	handler, err := handlers.New(handlers.Options{Store: record.Store, Log: log, Now: env.now, Version: version, Origin: strings.TrimSuffix(c.Origin, "/"), SetUpCode: code,
		TrustedProxies: proxies, Done: env.ctx.Done()})
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	engine, engineVersion := record.Engine()
	fmt.Fprintf(env.out, "Followthrough %s serves %s\n", version, address)
	fmt.Fprintf(env.out, "  record   %s (%s %s)\n", record.where, engine, engineVersion)
	fmt.Fprintf(env.out, "  pages    %s/en/  %s/ja/\n", address, address)
	fmt.Fprintf(env.out, "  data     %s/initiatives.json  %s/api/v1/openapi.json\n", address, address)
	if profiles != "" {
		fmt.Fprintf(env.out, "  profiles %s\n", profiles)
	}
	if code != "" {
		fmt.Fprintf(env.out, "  set-up   %s/en/setup  one-time code %s\n", address, code)
	}
	fmt.Fprintln(env.out, "  stop     Ctrl+C; settings: followthrough serve --help")
	go tidy(env.ctx, record.Store, code, log)
	return serveUntilStopped(env, listener, handler, log)
}

// serveUntilStopped answers requests until the program is told to stop, and then those in progress.
func serveUntilStopped(env *environment, listener net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{Handler: handler, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-env.ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(env.ctx), graceTimeout)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("stop: %w", err)
	}
	fmt.Fprintln(env.out, "stopped")
	return nil
}

// tidyEvery is how often what has expired is dropped.
const tidyEvery = time.Hour

// tidy drops what has expired until the program is told to stop, and keeps the code that makes the first account known to
// the other processes.
func tidy(ctx context.Context, s *store.Store, code string, log *slog.Logger) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		err := s.Tidy(ctx)
		if err == nil {
			err = offerSetUp(ctx, s, code)
		}
		if err != nil && ctx.Err() == nil {
			log.Error("tidy", "cause", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// offerSetUp tells the other processes the code of this one, as long as nobody has an account: the form can reach any.
func offerSetUp(ctx context.Context, s *store.Store, code string) error {
	if code == "" {
		return nil
	}
	if some, err := s.HasUsers(ctx); err != nil || some {
		return err
	}
	return s.Share(ctx, store.Shared{Kind: store.SharedSetUpCode, Ref: session.HashOf(code)}, 2*tidyEvery)
}

// fill loads the Quad record into a database to which nothing was ever written.
func (c *serveCommand) fill(env *environment, record *opened) error {
	return record.Starting(env.ctx, func() error {
		empty, err := record.Empty(env.ctx)
		if err != nil || !empty || c.Seed == "none" {
			return errors.Join(err, record.remember(env.ctx, env.now))
		}
		return applyQuad(env, record)
	})
}

func applyQuad(env *environment, record *opened) error {
	b, err := seed.Quad()
	if err != nil {
		return err
	}
	applied, err := transfer.Apply(env.ctx, record.Store, models.Program, b)
	if err != nil {
		return err
	}
	if applied {
		fmt.Fprintf(env.out, "Loaded the Quad record: %d initiatives, %d updates, %d sources\n", len(b.Initiatives), len(b.Updates), len(b.Evidence))
	} else {
		fmt.Fprintln(env.out, "The Quad record is loaded already; nothing changed")
	}
	return record.remember(env.ctx, env.now)
}

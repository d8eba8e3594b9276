// Command peer sets Followthrough beside PocketBase: the same data, the same questions, on the same machine, in turns. It
// is a tool for measuring and no part of the product, so that it reads the record with plain SQL. README.md says what is
// equal between the two and what is not; `make peer` runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/followthrough/followthrough/bench/peer/server"
)

// options are what a run is told.
type options struct {
	product, record, work string
	only                  string
	rounds, connections   int
	turn                  time.Duration
	addr, peerAddr        string
}

func main() {
	// The program starts itself as PocketBase, so that both servers are processes whose time can be told apart.
	if len(os.Args) > 1 && os.Args[1] == "pocketbase" {
		fail(servePeer(os.Args[2], os.Args[3]))
		return
	}
	var o options
	flag.StringVar(&o.product, "product", "", "the program `followthrough`")
	flag.StringVar(&o.record, "record", "", "`file` with the record to measure, which is copied")
	flag.StringVar(&o.work, "work", "", "`folder` for the copies")
	flag.StringVar(&o.only, "only", "", "measure only the work whose `name` begins so")
	flag.IntVar(&o.rounds, "rounds", 3, "turns of each side")
	flag.IntVar(&o.connections, "connections", 16, "requests at a time")
	flag.DurationVar(&o.turn, "turn", time.Second, "length of a turn")
	flag.StringVar(&o.addr, "addr", "127.0.0.1:8398", "address for the product")
	flag.StringVar(&o.peerAddr, "peer-addr", "127.0.0.1:8399", "address for PocketBase")
	flag.Parse()
	if o.product == "" || o.record == "" || o.work == "" {
		fail(errors.New("-product, -record and -work are needed; see README.md"))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	fail(run(ctx, o))
}

func fail(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "peer:", err)
	os.Exit(1)
}

// run makes both records, starts both servers, measures and prints.
func run(ctx context.Context, o options) error {
	if err := os.MkdirAll(o.work, 0o700); err != nil {
		return err
	}
	copied := filepath.Join(o.work, "followthrough", "followthrough.db")
	if err := server.CopyRecord(o.record, copied); err != nil {
		return fmt.Errorf("copy the record: %w", err)
	}
	peerData := filepath.Join(o.work, "pocketbase")
	if err := makePeer(peerData, copied); err != nil {
		return fmt.Errorf("fill PocketBase: %w", err)
	}
	token, err := server.Account(ctx, o.product, filepath.Dir(copied))
	if err != nil {
		return fmt.Errorf("make an account: %w", err)
	}
	product, err := server.Start(ctx, o.addr, "/healthz", o.product, "serve", "--addr", o.addr, "--data", filepath.Dir(copied), "--log", "error")
	if err != nil {
		return err
	}
	defer product.Stop()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	peer, err := server.Start(ctx, o.peerAddr, "/api/health", self, "pocketbase", peerData, o.peerAddr)
	if err != nil {
		return err
	}
	defer peer.Stop()
	return measure(ctx, o, side{product, token}, side{peer, ""})
}

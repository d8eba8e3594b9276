// Command load measures one program by itself: how long it takes from its start to the first page, what it holds in memory,
// and how readers fare beside writers. It is a tool for measuring and no part of the product; `make load` runs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/followthrough/followthrough/bench/peer/server"
)

// options are what a run is told.
type options struct {
	product, record, large, work, addr string
	length                             time.Duration
	readers, writers, starts           int
}

func main() {
	var o options
	flag.StringVar(&o.product, "product", "", "the program `followthrough`")
	flag.StringVar(&o.record, "record", "", "`file` with the record to measure, which is copied")
	flag.StringVar(&o.large, "large", "", "data `folder` with a larger record, which is started but not written to; none when left out")
	flag.StringVar(&o.work, "work", "", "`folder` for copies")
	flag.StringVar(&o.addr, "addr", "127.0.0.1:8397", "address for the product")
	flag.DurationVar(&o.length, "length", 10*time.Second, "how long readers are measured, alone and again beside writers")
	flag.IntVar(&o.readers, "readers", 16, "readers at a time")
	flag.IntVar(&o.writers, "writers", 4, "writers at a time")
	flag.IntVar(&o.starts, "starts", 7, "starts of each record")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	if o.product == "" || o.record == "" || o.work == "" {
		return errors.New("-product, -record and -work are needed")
	}
	small, copied := filepath.Join(o.work, "small"), filepath.Join(o.work, "copy")
	for _, folder := range []string{small, copied} {
		if err := os.RemoveAll(folder); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(small, 0o700); err != nil {
		return err
	}
	if err := server.CopyRecord(o.record, filepath.Join(copied, "followthrough.db")); err != nil {
		return fmt.Errorf("copy the record: %w", err)
	}
	token, err := server.Account(ctx, o.product, copied)
	if err != nil {
		return fmt.Errorf("make an account: %w", err)
	}
	info, err := os.Stat(o.product)
	if err != nil {
		return err
	}
	fmt.Printf("the program is %.1f MB\n", float64(info.Size())/1e6)
	if err := starts(ctx, o, []place{{"the Quad record", small}, {"the record", copied}, {"the larger record", o.large}}); err != nil {
		return err
	}
	return beside(ctx, o, copied, token)
}

// place is a record that the program is started on.
type place struct{ name, folder string }

// serve starts the product on a folder.
func (o options) serve(ctx context.Context, folder string) (*server.Process, error) {
	return server.Start(ctx, o.addr, "/en/", o.product, "serve", "--addr", o.addr, "--data", folder, "--log", "error")
}

// starts measures the time from the start of the process to the first whole page, and the memory a second later. The records
// take turns; the first start of each, which may fill or mend it, does not count.
func starts(ctx context.Context, o options, places []place) error {
	places = slices.DeleteFunc(places, func(p place) bool { return p.folder == "" })
	took, held := make([][]time.Duration, len(places)), make([]server.Memory, len(places))
	for n := range o.starts + 1 {
		for i, p := range places {
			began := time.Now()
			s, err := o.serve(ctx, p.folder)
			if err != nil {
				return err
			}
			if n > 0 {
				took[i] = append(took[i], time.Since(began))
			}
			if n == o.starts {
				time.Sleep(time.Second) // idle
				held[i] = s.Memory()
			}
			s.Stop()
		}
	}
	var first time.Duration
	for i, p := range places {
		slices.Sort(took[i])
		middle := took[i][len(took[i])/2]
		if i == 0 {
			first = middle
		}
		fmt.Printf("start to first page on %s: %.0f ms (%.0f to %.0f), %.2f x the first; idle memory %.0f MB, and %.0f MB of the program's file\n", p.name, ms(middle), ms(took[i][0]), ms(took[i][len(took[i])-1]), float64(middle)/float64(first), held[i].Own, held[i].Mapped)
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

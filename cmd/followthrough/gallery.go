package main

import (
	"fmt"
	"log/slog"

	"github.com/followthrough/followthrough/handlers"
)

// galleryCommand serves what people look at while they work on the looks of the product.
type galleryCommand struct {
	Addr string `default:"127.0.0.1:8081" help:"Address to serve the gallery on; port 0 takes a free one." placeholder:"HOST:PORT"`
}

// Run serves the gallery until told to stop. It opens no record.
func (c *galleryCommand) Run(env *environment) error {
	listener, err := listen(c.Addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	log := slog.New(slog.NewTextHandler(env.errors, nil))
	handler, err := handlers.Gallery(log)
	if err != nil {
		return err
	}
	address := "http://" + listener.Addr().String()
	fmt.Fprintf(env.out, "The gallery serves %s/en/  %s/ja/\n", address, address)
	return serveUntilStopped(env, listener, handler, log)
}

package main

import (
	"fmt"

	"github.com/followthrough/followthrough/handlers"
)

type openAPICommand struct{}

// Run prints the document without opening a record.
func (c *openAPICommand) Run(env *environment) error {
	doc, err := handlers.OpenAPI(version)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(env.out, string(doc))
	return err
}

package main

import (
	"fmt"
	"runtime"
)

type versionCommand struct{}

// Run prints the version of the program and of the Go it was built with.
func (c *versionCommand) Run(env *environment) error {
	_, err := fmt.Fprintln(env.out, "followthrough", version, runtime.Version())
	return err
}

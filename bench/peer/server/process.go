// Package server starts servers to be measured, and makes what they serve. Questions and figures do not belong here.
package server

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Process is a server that was started here.
type Process struct {
	Base  string // scheme, host and port
	cmd   *exec.Cmd
	ended chan error
}

// Start starts a server and waits until the probe answers 200.
func Start(ctx context.Context, addr, probe, program string, args ...string) (*Process, error) {
	p := &Process{"http://" + addr, exec.CommandContext(ctx, program, args...), make(chan error, 1)}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- p.cmd.Wait() }()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		answer, err := http.Get(p.Base + probe)
		if err != nil {
			select {
			case err := <-p.ended:
				return nil, fmt.Errorf("%s has ended: %w", program, err)
			default:
				continue
			}
		}
		_ = answer.Body.Close() // only its status is of interest
		if answer.StatusCode == http.StatusOK {
			return p, nil
		}
	}
	p.Stop()
	return nil, fmt.Errorf("%s does not answer at %s", program, addr)
}

// Stop ends the server.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	<-p.ended                                 // how it ended changes no figure
}

// Processor is the time that the process has used on all cores, in steps of 10 ms.
func (p *Process) Processor() (time.Duration, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0, err
	}
	// The name of the program, which may hold blanks, ends with the last parenthesis; user and system time are fields 14 and 15.
	fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
	var ticks int64
	for _, f := range fields[11:13] {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// Memory is what a process holds, in megabytes: Own is not backed by a file, Mapped is what it has read of its own program.
type Memory struct{ Own, Mapped, Most float64 }

// Memory returns what the process holds now, and the most that it ever held.
func (p *Process) Memory() Memory {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		return Memory{}
	}
	megabytes := func(name string) float64 {
		_, rest, _ := strings.Cut(string(text), name+":")
		n, _ := strconv.ParseFloat(strings.Fields(rest + " 0")[0], 64) // 0 when the kernel does not say
		return n / 1024
	}
	return Memory{megabytes("RssAnon"), megabytes("RssFile"), megabytes("VmHWM")}
}

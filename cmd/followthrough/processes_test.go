package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// programVariable makes the binary of the tests behave as the program, so that a test can start real processes of it.
const programVariable = "FOLLOWTHROUGH_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// process is a process of the program that serves.
type process struct {
	address string
	kill    func() // SIGKILL, and waits for the end
	command *exec.Cmd
}

// spawn starts a process that serves on a free port, and waits until it does.
func spawn(t testing.TB, args ...string) *process {
	t.Helper()
	c := exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0", "--log", "error"}, args...)...)
	c.Env = append(os.Environ(), programVariable+"=1")
	errors := &output{}
	c.Stderr = errors
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	p := &process{command: c}
	var once sync.Once
	p.kill = func() {
		once.Do(func() {
			_ = c.Process.Kill() // it may have ended already
			_ = c.Wait()         // which says that it was killed
		})
	}
	t.Cleanup(func() {
		p.kill()
		if said := errors.String(); said != "" {
			t.Logf("process %s said:\n%s", p.address, said)
		}
	})
	lines := bufio.NewScanner(out)
	for p.address == "" && lines.Scan() {
		if m := served.FindStringSubmatch(lines.Text()); m != nil {
			p.address = m[1]
		}
	}
	if p.address == "" {
		p.kill()
		t.Fatalf("the process ended before it served: %s", errors)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // so that it can go on printing
	return p
}

// balancer hands requests to processes in turns, as the proxy in front of them does. One that does not take the
// connection is passed over.
type balancer struct {
	to    []*url.URL
	turns atomic.Int64
}

func (b *balancer) RoundTrip(r *http.Request) (*http.Response, error) {
	var err error
	var answer *http.Response
	for range b.to {
		to := b.to[int(b.turns.Add(1))%len(b.to)]
		r.URL.Scheme, r.URL.Host = to.Scheme, to.Host
		var dial *net.OpError
		if answer, err = http.DefaultTransport.RoundTrip(r); err == nil || !errors.As(err, &dial) || dial.Op != "dial" {
			break
		}
	}
	return answer, err
}

// proxy puts a proxy in front of processes and returns its address.
func proxy(t testing.TB, processes ...*process) string {
	t.Helper()
	b := &balancer{}
	for _, p := range processes {
		u, err := url.Parse(p.address)
		if err != nil {
			t.Fatal(err)
		}
		b.to = append(b.to, u)
	}
	s := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetXForwarded() },
		Transport: b,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
			w.WriteHeader(http.StatusBadGateway)
		},
	})
	t.Cleanup(s.Close)
	return s.URL
}

// caller is somebody who sends requests, with what they carry.
type caller struct {
	address string
	token   string
	cookie  string
}

// send sends a request and returns the status, the header and the body of its answer; 0 when there is none.
func (c caller) send(method, path, body string, header ...string) (int, http.Header, string) {
	r, err := http.NewRequest(method, c.address+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err.Error()
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.cookie != "" {
		r.Header.Set("Cookie", c.cookie)
	}
	client := http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	if err != nil {
		return 0, nil, err.Error()
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, nil, err.Error()
	}
	return answer.StatusCode, answer.Header, string(b)
}

// signIn returns the caller with a session.
func (c caller) signIn(t testing.TB, email string) caller {
	t.Helper()
	form := url.Values{"email": {email}, "passphrase": {words}}
	status, header, body := c.send("POST", "/en/sign-in", form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html")
	c.cookie, _, _ = strings.Cut(header.Get("Set-Cookie"), ";")
	if status != http.StatusSeeOther || c.cookie == "" {
		t.Fatalf("sign in: %d %.300s; want 303 and a session", status, body)
	}
	return c
}

// listen tells the events of a record to a channel until the context ends.
func (c caller) listen(ctx context.Context, t testing.TB, record string, version int64) <-chan string {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", fmt.Sprintf("%s/api/v1/events?record=%s&version=%d", c.address, record, version), nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Cookie", c.cookie)
	answer, err := http.DefaultClient.Do(r)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("listen to %s: %v %v", record, answer, err)
	}
	events := make(chan string, 100)
	go func() {
		defer answer.Body.Close()
		defer close(events)
		kind := ""
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if name, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				kind = name
			}
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				events <- kind + " " + data
			}
		}
	}()
	return events
}

// hears waits for an event that has some words.
func hears(t testing.TB, events <-chan string, words ...string) {
	t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		select {
		case e, open := <-events:
			if !open {
				t.Fatalf("the stream ended before it told %q", words)
			}
			told := true
			for _, w := range words {
				told = told && strings.Contains(e, w)
			}
			if told {
				return
			}
		case <-deadline:
			t.Fatalf("nothing is told of %q within 15 s", words)
		}
	}
}

// shownRecord is what is read of an initiative.
type shownRecord struct {
	Item struct {
		Version int64
		Updates []struct{ ID int64 }
	}
	DataVersion int64 `json:"data_version"`
}

// initiative reads an initiative as data; ok is false when the proxy lost the answer.
func (c caller) initiative(t testing.TB, ref string) (r shownRecord, header http.Header, ok bool) {
	status, header, body := c.send("GET", "/api/v1/initiatives/"+ref, "")
	if status == 0 || status == http.StatusBadGateway {
		return r, header, false
	}
	if err := json.Unmarshal([]byte(body), &r); status != http.StatusOK || err != nil {
		t.Errorf("read %s: %d %v %.300s", ref, status, err, body)
		return r, header, false
	}
	return r, header, true
}

package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/followthrough/followthrough/models/store/storetest"
)

const (
	benchReaders = 16
	benchReads   = 480
	benchWriters = 4
	benchWrites  = 40 // of all writers
)

// setting is one or several processes on a record.
type setting struct {
	name      string
	processes []*process
	database  string // the folder of the PostgreSQL server; empty for SQLite
	tokens    []string
	turns     *int                 // of all settings together, so that no judgement is sent twice
	spent     map[string][]float64 // by what was measured
}

// BenchmarkProcesses sends the same requests, uncached, to a process on SQLite, to one on PostgreSQL and to two on the
// same PostgreSQL, in turns. It compares requests per second of two processes with one, and the processor time of the
// program and of PostgreSQL with that of the program on SQLite. The medians of the turns are printed.
func BenchmarkProcesses(b *testing.B) {
	if os.Getenv(storetest.PostgresVariable) == "" {
		b.Skip("skipped engine: " + storetest.PostgresVariable + " is not set")
	}
	folder, address := b.TempDir(), storetest.Database(b)
	lite := &setting{name: "sqlite", processes: []*process{spawn(b, "--data", folder)}}
	one := &setting{name: "one", processes: []*process{spawn(b, "--database-url", address)}}
	two := &setting{name: "two", processes: []*process{one.processes[0], spawn(b, "--database-url", address)}}
	query(b, address, "SELECT setting FROM pg_settings WHERE name = 'data_directory'", &one.database)
	two.database = one.database
	analyze(b, address)
	lite.tokens = benchTokens(b, "--data", folder)
	one.tokens = benchTokens(b, "--database-url", address)
	two.tokens = one.tokens
	all := []*setting{lite, one, two}
	turns := 0
	for _, s := range all {
		s.turns = &turns
		s.spent = map[string][]float64{}
		s.read(b, 100) // fills what is kept in memory
	}
	for b.Loop() {
		for _, s := range all {
			s.measure(b, "reads", benchReads, s.read)
			s.measure(b, "writes", benchWrites, s.write)
		}
	}
	b.ReportMetric(0, "ns/op")
	for _, what := range []string{"reads", "writes"} {
		for _, s := range all {
			b.ReportMetric(median(s.spent[what+"/s"]), s.name+"-"+what+"/s")
			b.ReportMetric(median(s.spent[what+"-ms"]), s.name+"-"+what+"-cpu-ms")
			b.ReportMetric(median(s.spent[what+"-program-ms"]), s.name+"-"+what+"-program-ms")
		}
		b.ReportMetric(median(ratios(two.spent[what+"/s"], one.spent[what+"/s"])), "two-to-one-"+what)
		b.ReportMetric(median(ratios(one.spent[what+"-ms"], lite.spent[what+"-ms"])), "postgres-to-sqlite-"+what+"-cpu")
	}
}

// analyze does what a server does by itself after a while, and the one of the tests does not.
func analyze(b *testing.B, address string) {
	b.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("ANALYZE"); err != nil {
		b.Fatal(err)
	}
}

// benchTokens makes an account for each writer and a token for it.
func benchTokens(b *testing.B, place ...string) []string {
	b.Helper()
	var all []string
	for n := range benchWriters {
		email := fmt.Sprintf("writer-%d@example.org", n)
		for _, args := range [][]string{{"user", "add", "--email", email, "--name", "W", "--role", "publisher"}, {"user", "token", "--email", email, "--scope", "write", "--name", "bench"}} {
			out, err := command(words, append(args, place...)...)
			if err != nil {
				b.Fatal(err)
			}
			if args[1] == "token" {
				all = append(all, strings.TrimSpace(out))
			}
		}
	}
	return all
}

// measure runs n requests and notes their rate and the processor time of each.
func (s *setting) measure(b *testing.B, what string, n int, send func(b *testing.B, n int)) {
	b.Helper()
	began, program, database := time.Now(), s.program(b), s.postgres(b)
	send(b, n)
	each := 1000 / float64(n) // milliseconds of one, of the seconds of all
	program, database = (s.program(b)-program)*each, (s.postgres(b)-database)*each
	s.spent[what+"/s"] = append(s.spent[what+"/s"], float64(n)/time.Since(began).Seconds())
	s.spent[what+"-program-ms"] = append(s.spent[what+"-program-ms"], program)
	s.spent[what+"-ms"] = append(s.spent[what+"-ms"], program+database)
}

var benchPaths = []string{"/initiatives.json?limit=50", "/overview.json", "/api/v1/matrix", "/api/v1/initiatives/QSCG-AI-ML", "/initiatives.json?topic=supply-chain&status=under_way", "/api/v1/search?q=cyber"}

// read sends reading requests, whose token leads them past the cache, to the processes in turns.
func (s *setting) read(b *testing.B, n int) {
	b.Helper()
	var next atomic.Int64
	var wait sync.WaitGroup
	for r := range benchReaders {
		wait.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				c := caller{address: s.processes[int(i)%len(s.processes)].address, token: s.tokens[r%len(s.tokens)]}
				if status, _, body := c.send("GET", benchPaths[int(i)%len(benchPaths)], ""); status != http.StatusOK {
					b.Errorf("%s: %d %.200s", benchPaths[int(i)%len(benchPaths)], status, body)
				}
			}
		})
	}
	wait.Wait()
}

// write records judgements, each writer on an initiative of its own that it reads before and afterwards.
func (s *setting) write(b *testing.B, n int) {
	b.Helper()
	*s.turns++
	var wait sync.WaitGroup
	for k := range benchWriters {
		w := &writer{t: b, caller: caller{address: s.processes[k%len(s.processes)].address, token: s.tokens[k]}, ref: judged[k]}
		wait.Go(func() {
			for i := range n / benchWriters {
				w.judge(*s.turns*1000 + i)
			}
		})
	}
	wait.Wait()
}

// program is the processor time that the processes have had, in seconds.
func (s *setting) program(b *testing.B) float64 {
	b.Helper()
	total := 0.0
	for _, p := range s.processes {
		own, _, _ := processorOf(b, p.command.Process.Pid)
		total += own
	}
	return total
}

// postgres is the processor time that their server has had, in seconds; 0 without one.
func (s *setting) postgres(b *testing.B) float64 {
	b.Helper()
	if s.database == "" {
		return 0
	}
	file, err := os.ReadFile(filepath.Join(s.database, "postmaster.pid"))
	if err != nil {
		b.Fatal(err)
	}
	first, _, _ := strings.Cut(string(file), "\n")
	postmaster, err := strconv.Atoi(first)
	if err != nil {
		b.Fatal(err)
	}
	own, ended, _ := processorOf(b, postmaster)
	total := own + ended
	others, _ := filepath.Glob("/proc/[0-9]*")
	for _, o := range others {
		pid, _ := strconv.Atoi(filepath.Base(o)) // the pattern has digits alone
		if own, _, parent := processorOf(nil, pid); parent == postmaster {
			total += own
		}
	}
	return total
}

// ticks is how many parts of a second the processor time of a process is counted in on Linux.
const ticks = 100

// processorOf reads the processor time of a process and of its children that have ended, and who started it. A process
// that is gone has none.
func processorOf(b *testing.B, pid int) (own, ended float64, parent int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		if b != nil {
			b.Fatal(err)
		}
		return 0, 0, 0
	}
	fields := strings.Fields(string(text)[strings.LastIndexByte(string(text), ')')+1:]) // from the third on
	n := func(at int) float64 {
		v, _ := strconv.Atoi(fields[at-3]) // the kernel writes numbers
		return float64(v)
	}
	return (n(14) + n(15)) / ticks, (n(16) + n(17)) / ticks, int(n(4))
}

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	return all[len(all)/2]
}

func ratios(a, b []float64) []float64 {
	var all []float64
	for i := range a {
		all = append(all, a[i]/b[i])
	}
	return all
}

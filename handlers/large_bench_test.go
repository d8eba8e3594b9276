package handlers_test

import (
	"database/sql"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// LargeVariable names the environment variable with the path of a record made by `followthrough seed --size m`.
const LargeVariable = "FOLLOWTHROUGH_BENCH_RECORD"

// hot are the addresses that readers ask for most, each with the type of its answer.
var hot = []struct {
	name, path string
	answer     func() any
}{
	{"list", "/initiatives?topic=sample-topic-03&country=AA&status=under_way&sort=recent&limit=50", func() any { return new(models.List[models.Initiative]) }},
	{"list_all", "/initiatives?limit=50", func() any { return new(models.List[models.Initiative]) }},
	{"overview", "/overview", func() any { return new(models.Record[models.Overview]) }},
	{"dashboard", "/topics/sample-topic-03", func() any { return new(models.Record[models.TopicRecord]) }},
	{"matrix", "/matrix?limit=50&forum=sample-forum-01", func() any { return new(models.Matrix) }},
	{"detail", "/initiatives/SAMPLE-000100", func() any { return new(models.Record[models.InitiativeRecord]) }},
	{"meeting", "/meetings/sample-meeting-01991", func() any { return new(models.Record[models.MeetingRecord]) }},
	{"country", "/countries/AA", func() any { return new(models.Record[models.CountryRecord]) }},
	{"delegate", "/delegates/sample-delegate-00001", func() any { return new(models.Record[models.DelegateRecord]) }},
	{"activity", "/activity?limit=50", func() any { return new(models.List[models.Event]) }},
	{"search_en", "/search?q=harbours&limit=50", func() any { return new(models.List[models.Hit]) }},
	{"search_ja", "/search?q=%E6%B8%AF%E6%B9%BE&limit=50", func() any { return new(models.List[models.Hit]) }},
}

// large is a server on the large record, which tells the statements it runs.
type large struct {
	site
	path       string
	mu         sync.Mutex
	statements []string
	tracing    bool
}

func newLarge(b *testing.B) *large {
	b.Helper()
	path := os.Getenv(LargeVariable)
	if path == "" {
		b.Skip(LargeVariable + " names no record: make bench makes one")
	}
	l := &large{path: path}
	s := storetest.Open(b, store.Options{Path: path, Now: storetest.Now, Trace: func(sql string) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.tracing {
			l.statements = append(l.statements, sql)
		}
	}})
	h, err := handlers.New(handlers.Options{Store: s, Log: slog.New(slog.DiscardHandler), Now: storetest.Now, Version: "bench", PlanWait: time.Minute})
	if err != nil {
		b.Fatal(err)
	}
	l.site = site{b, h}
	return l
}

// uncached is a header with which a request passes by the cache of answers.
var uncached = []string{"Cookie", "bench=1"}

// traced asks for an address and returns its answer and the statements behind it.
func (l *large) traced(address string) (body string, statements []string) {
	l.get(address, uncached...) // whatever is kept of the record is read once
	l.mu.Lock()
	l.statements, l.tracing = nil, true
	l.mu.Unlock()
	body = l.get(address, uncached...)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tracing = false
	return body, l.statements
}

// bare runs the same statements on the same engine without the program, copies every column and encodes the answer: the
// floor under a request.
func (l *large) bare(b *testing.B, body string, statements []string, answer any) func() {
	b.Helper()
	if err := json.Unmarshal([]byte(body), answer); err != nil {
		b.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+l.path+"?_pragma=query_only(1)&_pragma=temp_store(MEMORY)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() }) // it only read
	db.SetMaxOpenConns(1)
	prepared := make([]*sql.Stmt, len(statements))
	for i, s := range statements {
		if prepared[i], err = db.Prepare(s); err != nil {
			b.Fatalf("%s: %v", s, err)
		}
	}
	return func() {
		for _, p := range prepared {
			rows, err := p.Query()
			if err != nil {
				b.Fatal(err)
			}
			columns, err := rows.Columns()
			if err != nil {
				b.Fatal(err)
			}
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			for rows.Next() {
				if err := rows.Scan(values...); err != nil {
					b.Fatal(err)
				}
			}
			if err := rows.Err(); err != nil {
				b.Fatal(err)
			}
		}
		if _, err := json.Marshal(answer); err != nil {
			b.Fatal(err)
		}
	}
}

// processor is the time that this process has used on all cores.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0 // it is only refused for other processes
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// sideBySide runs one and then the other, over and over, and returns the processor time of both and the ratios of each turn
// in order.
func sideBySide(b *testing.B, one, other func()) (a, o time.Duration, ratios []float64) {
	b.Helper()
	var all, others []time.Duration
	turn := func(f func()) time.Duration {
		began := processor()
		for range 5 {
			f()
		}
		return (processor() - began) / 5
	}
	one()
	other()
	for b.Loop() {
		x, y := turn(one), turn(other)
		all, others = append(all, x), append(others, y)
		ratios = append(ratios, float64(x)/float64(max(y, 1)))
	}
	for _, list := range [][]time.Duration{all, others} {
		slices.Sort(list)
	}
	slices.Sort(ratios)
	return all[len(all)/2], others[len(others)/2], ratios
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// report writes the medians, and the ratio with its quarters.
func report(b *testing.B, against string, a, o time.Duration, ratios []float64) {
	b.Helper()
	n := len(ratios)
	b.ReportMetric(0, "ns/op") // of a turn, which says nothing
	b.ReportMetric(ms(a), "cpu-ms")
	b.ReportMetric(ms(o), against+"-ms")
	b.ReportMetric(ratios[n/2], "x-"+against)
	b.ReportMetric(ratios[n/4], "x-"+against+"-q1")
	b.ReportMetric(ratios[min(n*3/4, n-1)], "x-"+against+"-q3")
}

// BenchmarkLargeJSON compares the processor time of each hot answer as JSON with the bare one.
func BenchmarkLargeJSON(b *testing.B) {
	l := newLarge(b)
	for _, h := range hot {
		if strings.HasPrefix(h.name, "search") {
			continue // its statements cannot be run again as gorm writes them: quotes stand within quotes
		}
		b.Run(h.name, func(b *testing.B) {
			path, query := split(h.path)
			address := path + ".json" + query
			body, statements := l.traced(address)
			bare := l.bare(b, body, statements, h.answer())
			x, y, ratios := sideBySide(b, func() { l.get(address, uncached...) }, bare)
			report(b, "bare", x, y, ratios)
			b.ReportMetric(float64(len(statements)), "statements")
			b.ReportMetric(float64(len(body))/1024, "KB")
		})
	}
}

// BenchmarkLargeHTML compares the processor time of each hot page with that of the same answer as JSON.
func BenchmarkLargeHTML(b *testing.B) {
	l := newLarge(b)
	for _, h := range hot {
		b.Run(h.name, func(b *testing.B) {
			path, query := split(h.path)
			page := "/en" + path + query
			if path == "/overview" {
				page = "/en/"
			}
			body := l.get(page, uncached...)
			x, y, ratios := sideBySide(b, func() { l.get(page, uncached...) }, func() { l.get(path+".json"+query, uncached...) })
			report(b, "json", x, y, ratios)
			b.ReportMetric(float64(len(body))/1024, "KB")
		})
	}
}

func split(address string) (path, query string) {
	for i, c := range address {
		if c == '?' {
			return address[:i], address[i:]
		}
	}
	return address, ""
}

// BenchmarkUnchanged asks over real connections, sixteen at a time, for a page that did not change, and for a constant that
// gin answers.
func BenchmarkUnchanged(b *testing.B) {
	l := newLarge(b)
	product := httptest.NewServer(l.h)
	b.Cleanup(product.Close)
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/", func(c *gin.Context) { c.String(http.StatusOK, "constant") })
	constant := httptest.NewServer(engine)
	b.Cleanup(constant.Close)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16, DisableCompression: true}}
	page := product.URL + "/en/initiatives?limit=50"
	ask := func(url, etag string) *http.Response {
		r, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
		if err != nil {
			b.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", "gzip")
		if etag != "" {
			r.Header.Set("If-None-Match", etag)
		}
		answer, err := client.Do(r)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, answer.Body); err != nil {
			b.Fatal(err)
		}
		_ = answer.Body.Close() // all of it was read
		return answer
	}
	first := ask(page, "")
	if first.Header.Get("Content-Encoding") != "gzip" || first.Header.Get("ETag") == "" {
		b.Fatalf("%d %v; want a compressed page with a tag", first.StatusCode, first.Header)
	}
	rate := func(url, etag string, status int) float64 {
		const asked = 2000
		began := time.Now()
		var wait sync.WaitGroup
		for range 16 {
			wait.Go(func() {
				for range asked / 16 {
					if got := ask(url, etag).StatusCode; got != status {
						b.Errorf("%s: %d; want %d", url, got, status)
						return
					}
				}
			})
		}
		wait.Wait()
		return asked / time.Since(began).Seconds()
	}
	for name, etag := range map[string]string{"page": "", "not_modified": first.Header.Get("ETag")} {
		b.Run(name, func(b *testing.B) {
			status := map[bool]int{true: http.StatusOK, false: http.StatusNotModified}[etag == ""]
			var ratios []float64
			var last float64
			for b.Loop() {
				last = rate(page, etag, status)
				ratios = append(ratios, last/rate(constant.URL, "", http.StatusOK))
			}
			slices.Sort(ratios)
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(last, "per-s")
			b.ReportMetric(ratios[len(ratios)/2], "x-constant")
		})
	}
}

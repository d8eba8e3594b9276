package handlers_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// records reads a CSV.
func records(t testing.TB, body string) [][]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// housed is a server with a clock on a store of either engine.
func housed(t *testing.T, e store.Engine) house {
	t.Helper()
	o := storetest.QuadOptions(t, e)
	h := house{clock: newClock()}
	o.Now = h.clock.Now
	h.store = storetest.Open(t, o)
	server, err := handlers.New(handlers.Options{Store: h.store, Log: slog.New(slog.DiscardHandler), Now: h.clock.Now, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	h.site = site{t, server}
	return h
}

// TestExportHasTheRowsOfThePages compares the whole file with the pages of the same list, as CSV and as JSON, at several
// times and on both engines.
func TestExportHasTheRowsOfThePages(t *testing.T) {
	t.Parallel()
	for _, e := range storetest.Engines() {
		t.Run(string(e), func(t *testing.T) {
			t.Parallel()
			h := housed(t, e)
			for _, when := range []string{"", "as_of=2023-06-30", "known_at=2026-11-22", "as_of=qscg-2023-12&excel=1"} {
				h.clock.pass(time.Minute) // there is a limit on exports
				whole := records(t, strings.TrimPrefix(h.get("/updates.csv?all=1&"+when), "\ufeff"))
				var paged [][]string
				var ids []string
				for after := ""; ; {
					query := "limit=50&after=" + after + "&" + when
					page := records(t, strings.TrimPrefix(h.get("/updates.csv?"+query), "\ufeff"))
					if paged == nil {
						paged = page[:1]
					}
					paged = append(paged, page[1:]...)
					body := h.get("/updates.json?" + strings.Replace(query, "&excel=1", "", 1))
					for _, u := range list[models.Update](t, body).Items {
						ids = append(ids, strconv.FormatInt(u.ID, 10))
					}
					next := list[models.Update](t, body).Next
					if next == nil {
						if total := list[models.Update](t, body).Total; total != len(ids) {
							t.Errorf("%s: the total is %d; the pages have %d", when, total, len(ids))
						}
						break
					}
					after = *next
				}
				if diff := cmp.Diff(paged, whole); diff != "" {
					t.Errorf("%s: pages (-) and the whole file (+):\n%s", when, diff)
				}
				var own []string
				for _, row := range whole[1:] {
					own = append(own, row[0])
				}
				if !slices.Equal(own, ids) {
					t.Errorf("%s: the file has %v, JSON %v", when, own, ids)
				}
				if want := 136; when == "" && len(own) != want || when == "known_at=2026-11-22" && len(own) != 0 {
					t.Errorf("%q: %d rows; want %d now and none before the record began", when, len(own), want)
				}
			}
		})
	}
}

// list reads a list from JSON.
func list[T any](t testing.TB, body string) *models.List[T] {
	t.Helper()
	var l models.List[T]
	if err := json.Unmarshal([]byte(body), &l); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	return &l
}

// TestExportEscapesFormulas judges with a note that a spreadsheet would run.
func TestExportEscapesFormulas(t *testing.T) {
	t.Parallel()
	h := housed(t, store.SQLite)
	rao := person(t, h.store, "rao", models.Analyst)
	note := "=HYPERLINK(\"x\"),\n日本語"
	if _, err := h.store.Assess(t.Context(), rao, "QSCG-AI-ML", 1, models.Assessment{Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Reason: "evidence", Note: models.Text{EN: note},
		Evidence: []models.CitedEvidence{{Ref: "wh-2023-12-15", Grade: models.OfficialRecord, Stance: "supports"}}}, nil); err != nil {
		t.Fatal(err)
	}
	notes := column(t, h.get("/updates.csv?all=1"), "note_en")
	if got := notes[len(notes)-1]; got != "'"+note {
		t.Errorf("the cell is %q; want an apostrophe before it", got)
	}
}

// TestExportsAreFewAtATime holds one export open and asks for others.
func TestExportsAreFewAtATime(t *testing.T) {
	t.Parallel()
	h := housed(t, store.SQLite)
	ask := func(w http.ResponseWriter, method, from string) {
		r := httptest.NewRequest(method, "/updates.csv?all=1", nil)
		r.RemoteAddr = from
		h.h.ServeHTTP(w, r)
	}
	began, release, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	hold := func(from string) {
		ask(&slow{httptest.NewRecorder(), func() { began <- struct{}{}; <-release }}, "GET", from)
		ended <- struct{}{}
	}
	go hold("192.0.2.1:1")
	<-began
	status := func(method, from string) (int, string) {
		w := httptest.NewRecorder()
		ask(w, method, from)
		if w.Code != http.StatusOK && (w.Header().Get("ETag") != "" || w.Header().Get("Content-Disposition") != "" || w.Header().Get("Content-Type") != "application/problem+json") {
			t.Errorf("a refusal has the headers of an export: %v", w.Header())
		}
		return w.Code, w.Header().Get("Retry-After")
	}
	if got, wait := status("GET", "192.0.2.1:2"); got != http.StatusTooManyRequests || wait == "" {
		t.Errorf("the same caller: %d, Retry-After %q; want 429", got, wait)
	}
	if got, _ := status("HEAD", "192.0.2.1:2"); got != http.StatusOK {
		t.Errorf("HEAD: %d; it reads nothing", got)
	}
	go hold("192.0.2.2:1")
	<-began
	if got, wait := status("GET", "192.0.2.3:1"); got != http.StatusServiceUnavailable || wait == "" {
		t.Errorf("a third caller: %d, Retry-After %q; want 503", got, wait)
	}
	for range 2 {
		release <- struct{}{}
		<-ended
	}
	taken := 1
	for {
		got, wait := status("GET", "192.0.2.1:3")
		if got == http.StatusOK {
			if taken++; taken > 20 {
				t.Fatal("a caller takes as many as it likes")
			}
			continue
		}
		if got != http.StatusTooManyRequests || wait != "10" || taken != 6 {
			t.Errorf("after %d exports within a minute: %d, Retry-After %q; want 6, 429 and 10", taken, got, wait)
		}
		break
	}
	h.clock.pass(10 * time.Second)
	if got, _ := status("GET", "192.0.2.1:3"); got != http.StatusOK {
		t.Errorf("after the time to wait: %d", got)
	}
}

// slow calls once before the first byte.
type slow struct {
	*httptest.ResponseRecorder
	once func()
}

func (s *slow) Write(b []byte) (int, error) {
	if s.once != nil {
		s.once()
		s.once = nil
	}
	return s.ResponseRecorder.Write(b)
}

// TestExportHeadersAndRefusals asks for the head, for what did not change, compressed, and for what makes no sense.
func TestExportHeadersAndRefusals(t *testing.T) {
	t.Parallel()
	h := housed(t, store.SQLite)
	whole := h.do("GET", "/updates.csv?all=1")
	body := read(t, whole)
	head := h.do("HEAD", "/updates.csv?all=1")
	for _, name := range []string{"ETag", "Content-Type", "Content-Disposition", "Link", "Cache-Control"} {
		if a, b := whole.Header.Values(name), head.Header.Values(name); len(a) == 0 || !slices.Equal(a, b) {
			t.Errorf("%s: %q of GET, %q of HEAD", name, a, b)
		}
	}
	if got := h.do("GET", "/updates.csv?all=1", "If-None-Match", whole.Header.Get("ETag")); got.StatusCode != http.StatusNotModified {
		t.Errorf("unchanged: %d; want 304", got.StatusCode)
	}
	h.clock.pass(time.Minute)
	packed := h.do("GET", "/updates.csv?all=1", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(bytes.NewReader([]byte(read(t, packed))))
	if err != nil {
		t.Fatalf("%v: %v", packed.Header, err)
	}
	if plain, err := io.ReadAll(z); err != nil || string(plain) != body {
		t.Errorf("compressed: %d bytes, %v; want %d", len(plain), err, len(body))
	}
	for address, status := range map[string]int{"/updates.json?all=1": 400, "/updates.csv?all=2": 400, "/updates.csv?all=1&limit=5": 400, "/updates.csv?all=1&after=x": 400, "/updates.csv?all=1&as_of=2023-13": 400, "/updates.json?after=x": 400, "/en/updates": 406} {
		got := h.do("GET", address)
		if got.StatusCode != status || got.Header.Get("Content-Disposition") != "" || got.Header.Get("ETag") != "" {
			t.Errorf("%s: %d %v; want %d", address, got.StatusCode, got.Header, status)
		}
	}
}

// TestExportNeedsAProtocolThatShowsACut asks over HTTP/1.0, where a connection that ends is the end of a file.
func TestExportNeedsAProtocolThatShowsACut(t *testing.T) {
	t.Parallel()
	h := housed(t, store.SQLite)
	r := httptest.NewRequest("GET", "/updates.csv?all=1", nil)
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.0", 1, 0
	w := httptest.NewRecorder()
	h.h.ServeHTTP(w, r)
	if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "HTTP/1.1") {
		t.Errorf("%d: %.200s; want 400 and what is needed", w.Code, w.Body)
	}
}

// TestExportEndsWithTheProgram asks for a whole list while the program stops.
func TestExportEndsWithTheProgram(t *testing.T) {
	t.Parallel()
	done := make(chan struct{})
	close(done)
	h, err := handlers.New(handlers.Options{Store: storetest.Open(t, storetest.QuadOptions(t, store.SQLite)), Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "test", Done: done})
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/updates.csv?all=1", nil))
	if w.Code == http.StatusOK {
		t.Errorf("%d bytes were sent by a program that stops", w.Body.Len())
	}
}

// TestExportThatFailsIsCut damages a row in the middle: before anything is sent that is an error like any other, after it
// the connection breaks, so that the file cannot be taken for whole.
func TestExportThatFailsIsCut(t *testing.T) {
	t.Parallel()
	for at, which := range map[string]string{"the first row": "MIN", "the last row": "MAX"} {
		o := storetest.QuadOptions(t, store.SQLite)
		db, err := sql.Open("sqlite", o.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, damage := range []string{"DROP TRIGGER updates_no_change", "UPDATE updates SET note_en = 'a' || char(31) || 'b' WHERE id = (SELECT " + which + "(id) FROM updates)"} {
			if _, err := db.Exec(damage); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		s := storetest.Open(t, o)
		h, err := handlers.New(handlers.Options{Store: s, Log: slog.New(slog.DiscardHandler), Now: time.Now, Version: "test"})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(h)
		r, err := http.Get(server.URL + "/updates.csv?all=1")
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		if at == "the first row" {
			if r.StatusCode != http.StatusInternalServerError || err != nil || strings.Contains(string(body), "\x1f") {
				t.Errorf("%s: %d, %v: %.200s; want 500", at, r.StatusCode, err, body)
			}
		} else if r.StatusCode != http.StatusOK || !errors.Is(err, io.ErrUnexpectedEOF) || len(body) == 0 {
			t.Errorf("%s: %d, %d bytes, %v; want 200 and a connection that breaks", at, r.StatusCode, len(body), err)
		}
		_ = r.Body.Close()
		server.Close()
	}
}

// TestExportHasWhatThereWasAtItsBeginning records a judgement while a file that takes two readings of the record is read.
func TestExportHasWhatThereWasAtItsBeginning(t *testing.T) {
	t.Parallel()
	o := storetest.QuadOptions(t, store.SQLite)
	db, err := sql.Open("sqlite", o.Path)
	if err != nil {
		t.Fatal(err)
	}
	var columns string
	if err := db.QueryRow("SELECT group_concat(name, ', ') FROM pragma_table_info('updates') WHERE name <> 'id'").Scan(&columns); err != nil {
		t.Fatal(err)
	}
	const times = 40 // more than one reading takes
	for n := 1; n < times; n++ {
		if _, err := db.Exec("INSERT INTO updates (id, "+columns+") SELECT id + 136 * ?, "+columns+" FROM updates WHERE id <= 136", n); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	s := storetest.Open(t, o)
	rao := person(t, s, "rao", models.Analyst)
	var seen int64
	err = s.EachUpdate(context.Background(), models.Public, models.When{}, func(u *models.Update) error {
		if seen++; u.ID != seen {
			t.Fatalf("after %d comes %d", seen-1, u.ID)
		}
		if seen > 1 {
			return nil
		}
		_, err := s.Assess(context.Background(), rao, "QSCG-AI-ML", 1, models.Assessment{Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Reason: "evidence",
			Evidence: []models.CitedEvidence{{Ref: "wh-2023-12-15", Grade: models.OfficialRecord, Stance: "supports"}}}, nil)
		return err
	})
	if err != nil || seen != 136*times {
		t.Errorf("%d judgements, %v; want the %d that there were", seen, err, 136*times)
	}
}

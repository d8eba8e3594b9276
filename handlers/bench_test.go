package handlers_test

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/followthrough/followthrough/models"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// bare is the SQL that the answer of a page cannot do without, run by hand through the same pool and written as JSON.
var bare = map[string]string{
	"overview": `SELECT t.slug, c.status, COUNT(*) AS n FROM initiatives i JOIN topics t ON t.id = i.topic_id
		JOIN current_statuses c ON c.initiative_id = i.id AND c.country = '' GROUP BY t.slug, c.status`,
	"list": `SELECT i.ref, i.title_en, i.title_ja, t.slug, c.status, c.effective_on, c.grade FROM initiatives i JOIN topics t ON t.id = i.topic_id
		JOIN current_statuses c ON c.initiative_id = i.id AND c.country = '' ORDER BY c.effective_on DESC, i.ref LIMIT 50`,
	"detail": `SELECT u.id, u.country, u.status, u.effective_on, u.note_en, u.note_ja, u.grade FROM updates u JOIN initiatives i ON i.id = u.initiative_id
		WHERE i.ref = 'QSCG-IOT-MUTUAL-RECOGNITION' ORDER BY u.effective_on DESC`,
}

var addresses = map[string]string{"overview": "/overview", "list": "/initiatives", "detail": "/initiatives/QSCG-IOT-MUTUAL-RECOGNITION"}

// BenchmarkPages sets each page beside the bare SQL and encoding of its core. Run it with
// go test -run '^$' -bench Pages -count 5 ./handlers and compare the ratios, not the times.
func BenchmarkPages(b *testing.B) {
	file := b.TempDir() + "/followthrough.db"
	s := storetest.Open(b, store.Options{Path: file, Now: storetest.Now})
	storetest.Seed(b, s)
	w := newSite(b, s)
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=query_only(1)")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() }) // nothing was written through it
	for _, name := range []string{"overview", "list", "detail"} {
		b.Run(name+"/bare", func(b *testing.B) {
			for b.Loop() {
				rows, err := query(b, db, bare[name])
				if err != nil {
					b.Fatal(err)
				}
				if _, err := json.Marshal(rows); err != nil {
					b.Fatal(err)
				}
			}
		})
		// A request with a cookie passes by the cache.
		b.Run(name+"/json", func(b *testing.B) { serve(b, w, addresses[name]+".json", "s=1") })
		page := "/en" + addresses[name]
		if name == "overview" {
			page = "/en/"
		}
		b.Run(name+"/html", func(b *testing.B) { serve(b, w, page, "s=1") })
		b.Run(name+"/remembered", func(b *testing.B) { serve(b, w, page, "") })
	}
}

// query reads all rows as texts.
func query(b *testing.B, db *sql.DB, q string) ([][]string, error) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), q)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all [][]string
	for rows.Next() {
		row, dest := make([]string, len(columns)), make([]any, len(columns))
		for i := range row {
			dest[i] = &row[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

// BenchmarkFiles writes the files that people take away, and tells their size.
func BenchmarkFiles(b *testing.B) {
	w := quadSite(b)
	for _, address := range []string{"/initiatives.csv", "/initiatives.xlsx", "/evidence.xlsx?limit=200", "/forums/qscg/datapackage.json", "/forums/qscg/datapackage.zip"} {
		b.Run(address[1:], func(b *testing.B) {
			serve(b, w, address, "s=1")
			b.ReportMetric(float64(len(w.get(address))), "bytes")
		})
	}
}

func serve(b *testing.B, s site, address, cookie string) {
	b.Helper()
	for b.Loop() {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", address, nil)
		if cookie != "" {
			r.Header.Set("Cookie", cookie)
		}
		s.h.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d", address, w.Code)
		}
	}
}

// BenchmarkAssess appends an update with its audit entry and its current status, one transaction each, with fsync.
func BenchmarkAssess(b *testing.B) {
	s := storetest.Quad(b, store.SQLite)
	change := store.Change{Action: "assess", Object: "initiative:QSCG-AI-ML", Needs: models.PermitAssess}
	u := models.Update{Initiative: "QSCG-AI-ML", Status: models.UnderWay, EffectiveOn: models.NewDate(2026, 11, 1), Mark: models.Confirmed, ReasonKind: "event"}
	for b.Loop() {
		err := s.Write(b.Context(), models.Actor{Name: "bench", Role: models.Analyst}, change, func(tx *store.Tx) error { _, err := tx.AddUpdate(u); return err })
		if err != nil {
			b.Fatal(err)
		}
	}
}

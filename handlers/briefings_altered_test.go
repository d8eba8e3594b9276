package handlers_test

import (
	"database/sql"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// TestAlteredFilesAreNotServed alters the forms of a frozen briefing behind the program's back, and reads each.
func TestAlteredFilesAreNotServed(t *testing.T) {
	t.Parallel()
	o := storetest.QuadOptions(t, store.SQLite)
	s := storetest.Open(t, o)
	w := newSite(t, s)
	froze(t, w, s, `{"for":"qscg"}`)
	db, err := sql.Open("sqlite", o.Path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // it has a table of its own
	defer db.Close()
	for _, trigger := range []string{"briefing_files_no_update", "briefing_files_no_delete"} {
		if _, err := db.Exec("DROP TRIGGER " + trigger); err != nil {
			t.Fatal(err)
		}
	}
	forms := []string{"html", "md", "csv", "json"}
	for _, altered := range forms {
		for _, how := range []string{"UPDATE briefing_files SET body = body || ' ' WHERE format = ?", "DELETE FROM briefing_files WHERE format = ?"} {
			for _, sql := range []string{"CREATE TEMP TABLE safe AS SELECT * FROM briefing_files", "UPDATE versions SET version = version + 1 WHERE name = 'data'"} { // so that no answer is remembered
				if _, err := db.Exec(sql); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := db.Exec(how, altered); err != nil {
				t.Fatal(err)
			}
			for _, form := range forms {
				r := w.do("GET", "/briefings/1."+form, "Accept-Language", "ja")
				body := read(t, r)
				if form != altered {
					if r.StatusCode != http.StatusOK {
						t.Errorf("%s: .%s answers %d; want what is intact", how, form, r.StatusCode)
					}
					continue
				}
				var p handlers.Problem
				if err := json.Unmarshal([]byte(body), &p); err != nil || r.StatusCode != http.StatusInternalServerError || p.Type != "urn:followthrough:problem:altered" || !strings.Contains(p.Detail, "followthrough verify") {
					t.Errorf("%s: .%s answers %d: %.200s; want a problem that says what to do", how, form, r.StatusCode, body)
				}
				if r.Header.Get("ETag") != "" || r.Header.Get("Content-Disposition") != "" {
					t.Errorf("%s: .%s is answered to be kept: %v", how, form, r.Header)
				}
			}
			page := w.do("GET", "/en/briefings/1")
			if body := read(t, page); altered == "html" != (page.StatusCode == http.StatusInternalServerError) || altered == "html" == strings.Contains(body, "<article ") {
				t.Errorf("%s %s: the page answers %d", how, altered, page.StatusCode)
			}
			for _, sql := range []string{"DELETE FROM briefing_files", "INSERT INTO briefing_files SELECT * FROM safe", "DROP TABLE safe"} {
				if _, err := db.Exec(sql); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

package handlers_test

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/followthrough/followthrough/handlers/represent"
	"github.com/followthrough/followthrough/models/store"
	"github.com/followthrough/followthrough/models/store/storetest"
)

// files unpacks a ZIP.
func files(t *testing.T, body string) map[string]string {
	t.Helper()
	r, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range r.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(b)
	}
	return all
}

// faults checks a data package as a validator of the specifications Data Package 1 and Table Schema 1 does.
func faults(all map[string]string) []string {
	var bad []string
	report := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	var p represent.Package
	if err := json.Unmarshal([]byte(all["datapackage.json"]), &p); err != nil {
		return []string{err.Error()}
	}
	if p.Profile != "tabular-data-package" || !packageName.MatchString(p.Name) || len(p.Resources) == 0 {
		report("profile %q, name %q, %d resources", p.Profile, p.Name, len(p.Resources))
	}
	if _, err := time.Parse(time.RFC3339, p.Created); err != nil {
		report("created: %v", err)
	}
	for _, l := range p.Licenses {
		checkLicence(l, report)
	}
	for _, s := range p.Sources {
		if u, err := url.Parse(s.Path); s.Title == "" || err != nil || s.Path != "" && u.Scheme != "http" && u.Scheme != "https" {
			report("source %+v, %v", s, err)
		}
	}
	tables := map[string][]map[string]string{}
	for _, r := range p.Resources {
		if tables[r.Name] != nil {
			report("%s stands twice", r.Name)
		}
		tables[r.Name] = checkTable(r, all[r.Path], report)
	}
	for _, r := range p.Resources {
		for _, k := range r.Schema.ForeignKeys {
			checkLinks(r.Name, k, tables, report)
		}
	}
	return bad
}

var (
	packageName = regexp.MustCompile(`^[-a-z0-9._/]+$`)
	hash        = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
)

func checkLicence(l represent.License, report func(string, ...any)) {
	if l.Name == "" || l.Title == "" || l.TitleJA == "" {
		report("licence %+v", l)
	}
}

// checkTable describes and casts one file and returns its rows.
func checkTable(r *represent.Resource, body string, report func(string, ...any)) []map[string]string {
	sum := sha256.Sum256([]byte(body))
	if r.Profile != "tabular-data-resource" || !packageName.MatchString(r.Name) || r.Bytes != len(body) || !hash.MatchString(r.Hash) || r.Hash != "sha256:"+hex.EncodeToString(sum[:]) {
		report("%s: profile %q, %d bytes, hash %s", r.Name, r.Profile, r.Bytes, r.Hash)
	}
	if r.Title == "" || r.Description == "" || r.TitleJA == "" || r.DescriptionJA == "" || len(r.Licenses) == 0 {
		report("%s: titles %q %q, licences %v", r.Name, r.Title, r.TitleJA, r.Licenses)
	}
	for _, l := range r.Licenses {
		checkLicence(l, report)
	}
	lines, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil || len(lines) == 0 || len(lines[0]) != len(r.Schema.Fields) || len(r.Schema.PrimaryKey) == 0 {
		report("%s: %v, %d fields", r.Name, err, len(r.Schema.Fields))
		return nil
	}
	rows, seen := []map[string]string{}, map[string]bool{}
	for n, line := range lines[1:] {
		row := map[string]string{}
		for i, f := range r.Schema.Fields {
			row[f.Name] = line[i]
			if err := cast(f, lines[0][i], line[i]); err != nil {
				report("%s: row %d: %v", r.Name, n+1, err)
			}
		}
		key := ""
		for _, k := range r.Schema.PrimaryKey {
			if _, ok := row[k]; !ok || row[k] == "" {
				report("%s: row %d has no %s", r.Name, n+1, k)
			}
			key += strconv.Quote(row[k])
		}
		if seen[key] {
			report("%s: the key %s stands twice", r.Name, key)
		}
		seen[key] = true
		rows = append(rows, row)
	}
	return rows
}

// cast reads a cell by its field, as Table Schema 1 does.
func cast(f represent.Field, header, cell string) (err error) {
	c := f.Constraints
	switch {
	case f.Name != header || strings.ContainsAny(f.Description+f.DescriptionJA, "⟨⟩") || f.Description == "" || f.DescriptionJA == "":
		return fmt.Errorf("the field %+v describes the column %s", f, header)
	case cell == "" && c != nil && c.Required:
		return fmt.Errorf("%s is empty", f.Name)
	case cell == "":
		return nil
	case c != nil && c.Pattern != "" && !regexp.MustCompile(c.Pattern).MatchString(cell):
		return fmt.Errorf("%s: %q does not match %s", f.Name, cell, c.Pattern)
	}
	switch f.Type {
	case "string":
	case "integer":
		_, err = strconv.ParseInt(cell, 10, 64)
	case "boolean":
		if cell != "true" && cell != "false" {
			err = fmt.Errorf("%s: %q is no boolean", f.Name, cell)
		}
	case "date":
		_, err = time.Parse(time.DateOnly, cell)
	default:
		err = fmt.Errorf("%s: unknown type %q", f.Name, f.Type)
	}
	return err
}

// checkLinks resolves a foreign key in every row that has one.
func checkLinks(name string, k represent.ForeignKey, tables map[string][]map[string]string, report func(string, ...any)) {
	other, ok := k.Reference.Resource, false
	if other == "" {
		other = name
	}
	known := map[string]bool{}
	for _, row := range tables[other] {
		known[row[k.Reference.Fields[0]]] = true
		_, ok = row[k.Reference.Fields[0]]
	}
	if len(tables[other]) > 0 && !ok || len(k.Fields) != 1 || len(k.Reference.Fields) != 1 {
		report("%s: the key %+v names no column", name, k)
	}
	for n, row := range tables[name] {
		if v, ok := row[k.Fields[0]]; !ok || v != "" && !known[v] {
			report("%s: row %d: %s %q is not in %s", name, n+1, k.Fields[0], v, other)
		}
	}
}

// TestDataPackageIsValid holds the package of every forum against the specification, now and at days of the past,
// among them one in the middle of a meeting.
func TestDataPackageIsValid(t *testing.T) {
	storetest.EachQuad(t, func(t *testing.T, st *store.Store) {
		s := newSite(t, st)
		for _, forum := range []string{"qscg", "qls", "qfmm"} {
			for _, query := range []string{"", "?as_of=qscg-2023-12", "?as_of=qscg-2023-01", "?as_of=2023-12-05", "?as_of=2019-01-01"} {
				all := files(t, s.get("/forums/"+forum+"/datapackage.zip"+query))
				if bad := faults(all); len(bad) > 0 {
					t.Errorf("%s%s: %d faults: %s", forum, query, len(bad), strings.Join(bad[:min(8, len(bad))], "\n"))
				}
				if len(all) != 20 || !strings.Contains(all["README.md"], "会議体") || missing.MatchString(all["README.md"]+all["datapackage.json"]) {
					t.Errorf("%s%s: %d files; want the description, a readme in both languages and 18 tables", forum, query, len(all))
				}
			}
		}
	})
}

// TestFaultsOfAPackageAreFound shows that the test above would notice.
func TestFaultsOfAPackageAreFound(t *testing.T) {
	t.Parallel()
	body := quadSite(t).get("/forums/qscg/datapackage.zip")
	for _, c := range []struct{ file, old, new, fault string }{
		{"data/topics.csv", "critical-infrastructure,", "elsewhere,", "is not in topics"},
		{"data/meetings.csv", "qscg-2023-12,", "qscg-2023-01,", "stands twice"},
		{"data/meetings.csv", "2023-12-06", "2023-12", "cannot parse"},
		{"data/initiatives.csv", ",2023-12-06,", ",soon,", "does not match"},
		{"data/countries.csv", "JP,JPN", ",JPN", "is empty"},
		{"data/updates.csv", "false", "no", "is no boolean"},
		{"data/paragraphs.csv", "qscg-2023-12,p1,", "qscg-2029-12,p1,", "is not in statements"},
		{"datapackage.json", `"tabular-data-resource"`, `"table"`, "profile"},
	} {
		all := files(t, body)
		changed := strings.Replace(all[c.file], c.old, c.new, 1)
		if changed == all[c.file] {
			t.Errorf("%s does not hold %q", c.file, c.old)
		}
		all[c.file] = changed
		if bad := faults(all); !slices.ContainsFunc(bad, func(f string) bool { return strings.Contains(f, c.fault) }) {
			t.Errorf("%s with %q: %q; want a fault that says %q", c.file, c.new, bad, c.fault)
		}
	}
}

// TestDataPackageHoldsTheForumAlone counts the tables of one forum and finds its words verbatim.
func TestDataPackageHoldsTheForumAlone(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	all := files(t, s.get("/forums/qscg/datapackage.zip"))
	rows := func(name string) int {
		return len(column(t, all["data/"+name+".csv"], firstColumn(all["data/"+name+".csv"])))
	}
	for name, want := range map[string]int{
		"forums": 3, "countries": 4, "statements": 1, "paragraphs": 16, "commitments": 21, "delegates": 7, "attendances": 8, "initiatives": 24, "parts": 96, "search_notes": 5,
		"topics": 20, "meetings": 12, "updates": 114, "citations": 203, "evidence": 90,
	} {
		if got := rows(name); got != want {
			t.Errorf("%s: %d rows; want %d", name, got, want)
		}
	}
	if taken := items(t, s.get("/initiatives.json?forum=qscg&limit=200&sort=ref"), "ref"); !slices.Equal(column(t, all["data/initiatives.csv"], "ref"), taken) {
		t.Errorf("initiatives differ from those taken up at the forum: %v", taken)
	}
	for i, text := range column(t, all["data/paragraphs.csv"], "text") {
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != column(t, all["data/paragraphs.csv"], "sha256")[i] {
			t.Errorf("row %d of the paragraphs is not the text as supplied: %.60s", i+1, text)
		}
	}
	if other := column(t, files(t, s.get("/forums/qls/datapackage.zip"))["data/statements.csv"], "slug"); len(other) != 0 {
		t.Errorf("the package of another forum has the statements %v", other)
	}
}

func firstColumn(body string) string {
	name, _, _ := strings.Cut(body, ",")
	return name
}

func TestDataPackageIsTheSameTwice(t *testing.T) {
	t.Parallel()
	st := storetest.Quad(t, store.SQLite)
	first, second := newSite(t, st).get("/forums/qscg/datapackage.zip"), newSite(t, st).get("/forums/qscg/datapackage.zip") // each has a cache of its own
	if first != second {
		t.Error("two packages of one data version and day differ")
	}
	var indented, plain any
	if err := json.Unmarshal([]byte(files(t, first)["datapackage.json"]), &indented); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(newSite(t, st).get("/forums/qscg/datapackage.json")), &plain); err != nil || fmt.Sprint(plain) != fmt.Sprint(indented) {
		t.Errorf("the description alone differs from the one in the ZIP: %v", err)
	}
}

func TestDataPackageOfNothing(t *testing.T) {
	t.Parallel()
	s := quadSite(t)
	for address, status := range map[string]int{
		"/forums/g20/datapackage.zip": 404, "/forums/qscg/datapackage.json?as_of=soon": 400, "/forums/qscg/datapackage.zip?vs=qscg-2023-01": 400,
		"/forums/qscg/datapackage.csv": 406, "/en/forums/qscg/datapackage": 406,
	} {
		if r := s.do("GET", address); r.StatusCode != status {
			t.Errorf("%s: %d; want %d", address, r.StatusCode, status)
		}
	}
}

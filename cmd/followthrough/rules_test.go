package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/handlers"
	"github.com/followthrough/followthrough/models"
)

const module = "github.com/followthrough/followthrough"

// mayImport lists which rooms of ours a room may use; rooms are matched by their longest prefix.
var mayImport = map[string][]string{
	"models": {}, "models/wording": {"models"}, "models/store": {"models"}, "models/store/migrations": {}, "models/store/storetest": {"models", "seed"}, "models/transfer": {"models"},
	"seed": {"models"}, "frontend": {"models", "frontend"}, "frontend/charts": {}, "frontend/locale": {"models"},
	"handlers": {"models", "frontend", "handlers"}, "handlers/represent": {}, "cmd": {"models", "handlers", "seed"},
}

// onlyIn lists the outside packages that belong to one room.
var onlyIn = map[string][]string{
	"gorm.io/": {"models/store"}, "github.com/gin-gonic/gin": {"handlers"}, "github.com/a-h/templ": {"frontend", "handlers"}, "net/http": {"handlers", "cmd"},
	"database/sql": {"models/store"}, "modernc.org/sqlite": {"models/store"}, "github.com/pressly/goose": {"models/store"},
}

func room(of map[string][]string, dir string) string {
	best := ""
	for r := range of {
		if (dir == r || strings.HasPrefix(dir, r+"/")) && len(r) > len(best) {
			best = r
		}
	}
	return best
}

// TestRoomsKeepTheirImports parses every file that is not a test. The tools, and what measures the program from outside, are
// modules of their own.
func TestRoomsKeepTheirImports(t *testing.T) {
	root := filepath.Join("..", "..")
	files := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || d.Name() == "tools" || d.Name() == "bench") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files++
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		checkImports(t, rel, path)
		return nil
	})
	if err != nil || files < 60 {
		t.Errorf("parsed %d files, %v", files, err)
	}
}

func checkImports(t *testing.T, rel, path string) {
	t.Helper()
	dir := filepath.ToSlash(filepath.Dir(rel))
	own := room(mayImport, dir)
	if own == "" {
		t.Errorf("%s stands in no room", rel)
		return
	}
	f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range f.Imports {
		name, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		if inner, ours := strings.CutPrefix(name, module+"/"); ours {
			if own == "models" || !slices.ContainsFunc(mayImport[own], func(r string) bool { return inner == r || strings.HasPrefix(inner, r+"/") }) {
				t.Errorf("%s may not import %s", rel, inner)
			}
			if strings.HasSuffix(inner, "test") {
				t.Errorf("%s imports the test package %s", rel, inner)
			}
			continue
		}
		if own == "models" && strings.Contains(strings.SplitN(name, "/", 2)[0], ".") {
			t.Errorf("%s imports %s; models knows the standard library alone", rel, name)
		}
		for prefix, rooms := range onlyIn {
			if strings.HasPrefix(name, prefix) && !slices.ContainsFunc(rooms, func(r string) bool { return dir == r || strings.HasPrefix(dir, r+"/") }) {
				t.Errorf("%s imports %s, which belongs to %v", rel, name, rooms)
			}
		}
	}
}

// TestClockIsHandedDown finds the clock read outside cmd.
func TestClockIsHandedDown(t *testing.T) {
	for _, dir := range []string{"models", "handlers", "frontend", "seed"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() && d.Name() == "node_modules" {
				return errOrSkip(err)
			}
			if strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go") {
				b, err := os.ReadFile(path)
				if err != nil {
					return err
				}
				if strings.Contains(string(b), "time.Now(") {
					t.Errorf("%s reads the clock; it is handed down from cmd", path)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func errOrSkip(err error) error {
	if err != nil {
		return err
	}
	return fs.SkipDir
}

func page(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestFieldsOfEditsAreDocumented looks for every field that a person may say of a record, and every code it takes.
func TestFieldsOfEditsAreDocumented(t *testing.T) {
	_, section, _ := strings.Cut(page(t, "docs/api.md"), "### Editing the other records")
	section, _, _ = strings.Cut(section, "### The audit")
	var walk func(of reflect.Type)
	walk = func(of reflect.Type) {
		for i := range of.NumField() {
			f := of.Field(i)
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			for _, word := range append(strings.Split(f.Tag.Get("enum"), ","), name) {
				if word != "" && !strings.Contains(section, "`"+word+"`") {
					t.Errorf("docs/api.md does not say %s of %s", word, of.Name())
				}
			}
			if f.Type.Kind() == reflect.Slice && f.Type.Elem().Kind() == reflect.Struct && strings.HasSuffix(f.Type.Elem().Name(), "Edit") {
				walk(f.Type.Elem())
			}
		}
	}
	for _, e := range []models.Edit{models.ForumEdit{}, models.CountryEdit{}, models.TopicEdit{}, models.DelegateEdit{}, models.MeetingEdit{}, models.InitiativeEdit{}} {
		walk(reflect.TypeOf(e))
	}
	for _, kind := range models.Kinds {
		if !strings.Contains(section, "`"+kind+"`") {
			t.Errorf("docs/api.md does not say the kind %s", kind)
		}
	}
}

func TestRoutesAndColumnsAreDocumented(t *testing.T) {
	doc := page(t, "docs/api.md")
	for _, r := range handlers.Routes() {
		if !strings.Contains(doc, r.Pattern) {
			t.Errorf("docs/api.md lacks the route %s", r.Pattern)
		}
	}
	for list, columns := range handlers.Columns() {
		for _, c := range columns {
			if !strings.Contains(doc, "`"+c+"`") {
				t.Errorf("docs/api.md lacks the column %s of %s", c, list)
			}
		}
	}
}

// TestDependenciesAreArguedFor finds every direct requirement in docs/dependencies.md.
func TestDependenciesAreArguedFor(t *testing.T) {
	doc := page(t, "docs/dependencies.md")
	direct := regexp.MustCompile(`(?m)^\s+([a-z][\w./-]+\.[\w./-]+) v\S+$`).FindAllStringSubmatch(page(t, "go.mod"), -1)
	if len(direct) < 10 {
		t.Fatalf("found %d direct requirements in go.mod", len(direct))
	}
	for _, m := range direct {
		if !strings.Contains(doc, m[1]) {
			t.Errorf("docs/dependencies.md lacks %s", m[1])
		}
	}
}

// TestReadmeNamesWhatIsThere follows the relative links of the README and the docs.
func TestReadmeNamesWhatIsThere(t *testing.T) {
	pages, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	decisions, err := filepath.Glob("../../docs/decisions/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = append(append(pages, decisions...), "../../README.md", "../../CONTRIBUTING.md", "../../SECURITY.md", "../../CHANGELOG.md")
	for _, page := range pages {
		b, err := os.ReadFile(page)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#:]+)(?:#[^)]*)?\)`).FindAllStringSubmatch(string(b), -1) {
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

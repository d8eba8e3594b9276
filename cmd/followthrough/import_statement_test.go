package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const record = "../../seed/data/qscg-2023-12-bilingual.txt"

// write puts a file into a folder of the test and returns its name.
func write(t *testing.T, name, body string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// printed is a dry run as scripts read it.
type printed struct {
	Languages  []string
	Title      map[string]string
	Paragraphs []struct {
		Ref        string
		Texts      map[string]string
		Confidence float64
	}
	Commitments []struct {
		Paragraph, Lang, Exact, Strength, Type string
		Trackable                              bool
		Score                                  float64
	}
	LeftOut []string `json:"left_out"`
}

func dryRun(t *testing.T, args ...string) printed {
	t.Helper()
	var p printed
	out := must(t, "", append([]string{"import", "statement", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return p
}

// TestDryRunPrintsTheStatement reads the bilingual file of the record and touches no folder.
func TestDryRunPrintsTheStatement(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "untouched")
	p := dryRun(t, "--file", record, "--data", folder)
	if _, err := os.Stat(folder); err == nil {
		t.Error("the dry run made a data folder")
	}
	file, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(file), "\n")
	if !slices.Equal(p.Languages, []string{"en", "ja"}) || p.Title["en"]+" | "+p.Title["ja"]+" |" != lines[6] {
		t.Errorf("languages %q, title %q", p.Languages, p.Title)
	}
	if len(p.Paragraphs) != 8 {
		t.Fatalf("%d paragraphs, want 8", len(p.Paragraphs))
	}
	for i, one := range p.Paragraphs {
		if got := one.Texts["en"] + " | " + one.Texts["ja"] + " |"; got != lines[7+i] {
			t.Errorf("%s is not as supplied:\n%s\n%s", one.Ref, got, lines[7+i])
		}
		if one.Confidence < 0.9 || one.Confidence > 1 {
			t.Errorf("%s: confidence %v of a pairing that the file gives", one.Ref, one.Confidence)
		}
	}
	if p.Paragraphs[0].Ref != "p0" || p.Paragraphs[7].Ref != "p7" {
		t.Errorf("references from %s to %s, want p0 to p7", p.Paragraphs[0].Ref, p.Paragraphs[7].Ref)
	}
	for _, line := range append(slices.Clone(lines[:6]), lines[15:18]...) {
		if line != "" && !slices.Contains(p.LeftOut, line) {
			t.Errorf("%q is not among what was left out: %q", line, p.LeftOut)
		}
	}
}

// TestLanguagesOfFilesAreNamedFromTheLast supplies English and French, one of them named.
func TestLanguagesOfFilesAreNamedFromTheLast(t *testing.T) {
	t.Parallel()
	en := write(t, "a.txt", "We met in Ottawa on 3 May 2024.\n\nWe will publish 12 guides by 2025.")
	fr := write(t, "b.txt", "Nous nous sommes réunis à Ottawa le 3 mai 2024.\n\nNous publierons 12 guides d’ici à 2025.")
	p := dryRun(t, "--file", en, "--file", fr, "--lang", "fr")
	if !slices.Equal(p.Languages, []string{"en", "fr"}) || len(p.Paragraphs) != 2 || !strings.HasPrefix(p.Paragraphs[1].Texts["fr"], "Nous publierons") {
		t.Errorf("%+v", p)
	}
}

// TestApplyWritesADraft writes a draft that belongs to an account, and one that belongs to nobody, beside a server.
func TestApplyWritesADraft(t *testing.T) {
	t.Parallel()
	data := []string{"--data", t.TempDir()}
	run := func(args ...string) (string, error) { return command(words+"\n", append(args, data...)...) }
	if _, err := run("user", "add", "--email", "sato@example.org", "--name", "K. Sato", "--role", "analyst"); err != nil {
		t.Fatal(err)
	}
	file := write(t, "a.txt", "We will publish 12 guides by 2025.\n\nWe discussed cables.")
	apply := []string{"import", "statement", "--file", file, "--apply", "--forum", "qscg", "--meeting", "qscg-2023-01"}
	for i, args := range [][]string{apply, append(slices.Clone(apply), "--as", "sato@example.org")} {
		out, err := run(args...)
		if err != nil || !strings.HasPrefix(out, "Draft "+string(rune('1'+i))+": 2 paragraphs") {
			t.Errorf("%v prints %q, %v", args, out, err)
		}
	}
	for _, bad := range [][]string{
		{"import", "statement", "--file", file, "--apply", "--forum", "qscg"},
		{"import", "statement", "--file", file, "--apply", "--forum", "qscg", "--meeting", "nowhere"},
		{"import", "statement", "--file", file, "--apply", "--forum", "nobody", "--meeting", "qscg-2023-01"},
		{"import", "statement", "--file", file, "--as", "sato@example.org"},
		append(slices.Clone(apply), "--as", "stranger@example.org"),
		{"import", "statement", "--file", file, "--lang", "en", "--lang", "ja"},
		{"import", "statement", "--file", filepath.Join(t.TempDir(), "none.txt")},
	} {
		if out, err := run(bad...); err == nil {
			t.Errorf("%v is taken: %q", bad, out)
		}
	}
}

// TestGlossaryIsAdded pairs texts that have nothing in common but what a glossary of their own says.
func TestGlossaryIsAdded(t *testing.T) {
	t.Parallel()
	en := write(t, "a.txt", "The zorb is open.\n\nThe quux is shut.")
	ja := write(t, "b.txt", "本会はゾーを閉ざす。\n\n本会はクを開く。")
	rows := write(t, "g.json", `{"terms":[{"en":["zorb"],"ja":["クを開"]},{"en":["quux"],"ja":["ゾーを"]}]}`)
	without, with := dryRun(t, "--file", en, "--file", ja), dryRun(t, "--file", en, "--file", ja, "--glossary", rows)
	if without.Paragraphs[0].Texts["ja"] == with.Paragraphs[0].Texts["ja"] || !strings.Contains(with.Paragraphs[0].Texts["ja"], "クを開") {
		t.Errorf("without the glossary %+v, with it %+v", without.Paragraphs, with.Paragraphs)
	}
	if _, err := command("", "import", "statement", "--file", en, "--file", ja, "--glossary", en); err == nil {
		t.Error("a glossary that is no JSON is taken")
	}
}

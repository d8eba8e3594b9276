package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models/transfer/suggest"
)

func TestImportMeasure(t *testing.T) {
	measure := func(args ...string) (string, error) {
		var out bytes.Buffer
		err := run(context.Background(), append([]string{"import", "measure"}, args...), strings.NewReader(""), &out, io.Discard)
		return out.String(), err
	}
	table, err := measure()
	if err != nil || !strings.Contains(table, "tokyo-2023-12") || !strings.Contains(table, "precision") {
		t.Errorf("%v\n%s", err, table)
	}
	folder := t.TempDir()
	one := `{"name":"mine","paragraphs":[{"ref":"p1","texts":{"en":"We agree to meet. We met."},"marks":[{"words":{"en":"We met"},"type":"action","strength":"agree","trackable":true}]}]}`
	if err := os.WriteFile(filepath.Join(folder, "mine.json"), []byte(one), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := measure("--in", folder, "--json")
	var report suggest.Report
	if jsonErr := json.Unmarshal([]byte(text), &report); err != nil || jsonErr != nil || len(report.Totals) != 1 || report.Totals[0].Suggested != 1 || report.Totals[0].Matched != 0 {
		t.Errorf("%v %v\n%s", err, jsonErr, text)
	}
	var usage usageError
	if _, err := measure("--in", t.TempDir()); !errors.As(err, &usage) {
		t.Errorf("an empty folder: %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "mine.json"), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := measure("--in", folder); err == nil || !strings.Contains(err.Error(), "mine.json") {
		t.Errorf("a broken file: %v", err)
	}
}

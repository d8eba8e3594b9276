package locale

import (
	"testing"

	"golang.org/x/text/language"
)

func TestMessageHasTheFormOfItsNumber(t *testing.T) {
	t.Parallel()
	counted := map[string]any{"one": "{{.n}} record", "other": "{{.n}} records of {{.of}}"}
	for _, c := range []struct {
		value any
		lang  language.Tag
		args  []any
		want  string
	}{
		{counted, language.English, []any{"n", 1}, "1 record"},
		{counted, language.English, []any{"n", 0, "of", "two"}, "0 records of two"},
		{counted, language.English, []any{"n", int64(1)}, "1 record"},
		{counted, language.English, []any{"n", 1_000_001, "of", 2}, "1000001 records of 2"},
		{counted, language.Japanese, []any{"n", 1, "of", "二"}, "1 records of 二"},
		{counted, language.English, []any{"n", 2}, "2 records of ⟨of⟩"},
		{counted, language.English, []any{"of", "x"}, "⟨n⟩ records of x"},
		{"plain", language.English, []any{"n", 1}, "plain"},
		{"{{.a}}{{.b}}", language.English, []any{"a", "{{.b}}", "b", "<"}, "{{.b}}<"},
	} {
		m, err := newMessage(c.value)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.form(c.lang, c.args).write(c.args); got != c.want {
			t.Errorf("%v with %v: %q; want %q", c.value, c.args, got, c.want)
		}
	}
}

func TestBrokenMessageIsRefused(t *testing.T) {
	t.Parallel()
	for _, value := range []any{"{{.n", "{{n}}", 7, map[string]any{"one": "x"}, map[string]any{"other": "x", "several": "y"}, map[string]any{"other": 1}} {
		if m, err := newMessage(value); err == nil {
			t.Errorf("%v: %v; want an error", value, m)
		}
	}
}

package locale

import (
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// message is what stands behind a key: the form for any number, and others where the language has them.
type message struct {
	other wording
	forms map[plural.Form]wording // beside other; nil when it is the same for every number
}

// wording is a text cut at its blanks: every second piece is the name of one.
type wording []string

// formNames are the plural forms as the files name them.
var formNames = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many}

// readMessages reads a file of messages: a text for each key, or a text for each plural form.
func readMessages(file string) (map[string]message, error) {
	text, err := files.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	messages := make(map[string]message, len(all))
	for key, value := range all {
		m, err := newMessage(value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
		messages[key] = m
	}
	return messages, nil
}

func newMessage(value any) (message, error) {
	var m message
	texts, ok := value.(map[string]any)
	if !ok {
		texts = map[string]any{"other": value}
	}
	for name, value := range texts {
		text, ok := value.(string)
		if !ok {
			return m, fmt.Errorf("%v is not a text", value)
		}
		w, err := newWording(text)
		if err != nil {
			return m, err
		}
		form, known := formNames[name]
		switch {
		case name == "other":
			m.other = w
		case !known:
			return m, fmt.Errorf("there is no plural form %s", name)
		case m.forms == nil:
			m.forms = map[plural.Form]wording{form: w}
		default:
			m.forms[form] = w
		}
	}
	if m.other == nil {
		return m, fmt.Errorf("the form other is missing")
	}
	return m, nil
}

// newWording cuts a text at {{.name}}.
func newWording(text string) (wording, error) {
	var w wording
	for {
		before, rest, found := strings.Cut(text, "{{")
		w = append(w, before)
		if !found {
			return w, nil
		}
		name, after, closed := strings.Cut(rest, "}}")
		if !closed || !strings.HasPrefix(name, ".") {
			return nil, fmt.Errorf("%q is not a blank such as {{.name}}", "{{"+rest)
		}
		w, text = append(w, name[1:]), after
	}
}

// form returns the wording for the number n among the arguments.
func (m message) form(tag language.Tag, args []any) wording {
	if m.forms == nil {
		return m.other
	}
	n, ok := named(args, "n")
	if !ok {
		return m.other
	}
	var whole int
	switch n := n.(type) {
	case int:
		whole = n
	case int64:
		whole = int(n)
	default:
		return m.other
	}
	if w, ok := m.forms[plural.Cardinal.MatchPlural(tag, max(whole, -whole), 0, 0, 0, 0)]; ok {
		return w
	}
	return m.other
}

// write fills the blanks. One without an argument comes back in angle brackets.
func (w wording) write(args []any) string {
	if len(w) == 1 {
		return w[0]
	}
	var b strings.Builder
	for i, piece := range w {
		if i%2 == 0 {
			b.WriteString(piece)
			continue
		}
		switch value, ok := named(args, piece); value := value.(type) {
		case string:
			b.WriteString(value)
		default:
			if !ok {
				value = "⟨" + piece + "⟩"
			}
			fmt.Fprint(&b, value)
		}
	}
	return b.String()
}

// named returns the value that follows a name in pairs; the last one counts.
func named(args []any, name string) (any, bool) {
	for i := len(args) - len(args)%2 - 2; i >= 0; i -= 2 {
		if args[i] == name {
			return args[i+1], true
		}
	}
	return nil, false
}

package models

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// FieldChange is one field that an edit changed, by its name on the wire.
type FieldChange struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Diff lists the fields in which two values of one type differ, by name.
func Diff(from, to any) []FieldChange {
	was, now := leaves(from), leaves(to)
	names := slices.Collect(maps.Keys(was))
	for name := range now {
		if _, both := was[name]; !both {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := []FieldChange{}
	for _, name := range names {
		if was[name] != now[name] {
			all = append(all, FieldChange{name, was[name], now[name]})
		}
	}
	return all
}

// leaves flattens a value into its fields: name.en, offices.0.title.en.
func leaves(v any) map[string]string {
	var tree any
	b, _ := json.Marshal(v) // edits are texts, numbers and lists of them
	_ = json.Unmarshal(b, &tree)
	all := map[string]string{}
	var walk func(path string, node any)
	walk = func(path string, node any) {
		below := func(name string) string { return strings.TrimPrefix(path+"."+name, ".") }
		switch n := node.(type) {
		case map[string]any:
			for name, child := range n {
				walk(below(name), child)
			}
		case []any:
			for i, child := range n {
				walk(below(strconv.Itoa(i)), child)
			}
		case nil:
		default:
			all[path] = fmt.Sprint(n)
		}
	}
	walk("", tree)
	return all
}

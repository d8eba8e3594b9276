package frontend

import (
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// The kinds of pages that have keys of their own, as the list of keys takes them.
const (
	keysEverywhere = ""
	keysList       = "list"
	keysInitiative = "initiative"
	keysMatrix     = "matrix"
	keysReader     = "reader"
	keysForm       = "form"
	keysRound      = "round"
	keysAlign      = "align"
	keysMark       = "mark"
)

// Shortcut is one key, or several that belong together, with the way without it.
type Shortcut struct {
	Place                string // kind of page
	Keys                 []string
	Where, Does, Without string
}

// shortcuts lists the keys that the scripts of the pages take.
func shortcuts(f Frame) []Shortcut {
	return []Shortcut{
		{keysEverywhere, []string{"/"}, f.T("shortcuts.search_where"), f.T("shortcuts.search_does"), f.T("shortcuts.search_without")},
		{keysEverywhere, []string{"?"}, f.T("shortcuts.search_where"), f.T("shortcuts.list_does"), f.T("shortcuts.list_without")},
		{keysEverywhere, []string{"g o", "g m", "g x", "g r"}, f.T("shortcuts.search_where"), f.T("shortcuts.go_does"), f.T("shortcuts.go_without")},
		{keysEverywhere, []string{"Esc"}, f.T("shortcuts.search_where"), f.T("shortcuts.close_does"), f.T("shortcuts.close_without")},
		{keysList, []string{"J", "K"}, f.T("shortcuts.rows_where"), f.T("shortcuts.rows_does"), f.T("shortcuts.rows_without")},
		{keysInitiative, []string{"E"}, f.T("shortcuts.initiative_where"), f.T("shortcuts.add_does"), f.T("shortcuts.add_without")},
		{keysInitiative, []string{"U"}, f.T("shortcuts.undo_where"), f.T("shortcuts.undo_does"), f.T("shortcuts.undo_without")},
		{keysMatrix, []string{f.T("shortcuts.arrows")}, f.T("shortcuts.matrix_where"), f.T("shortcuts.matrix_does"), f.T("shortcuts.matrix_without")},
		{keysReader, []string{"N", "P"}, f.T("shortcuts.reader_where"), f.T("shortcuts.reader_does"), f.T("shortcuts.reader_without")},
		{keysReader, []string{"M"}, f.T("shortcuts.mark_where"), f.T("shortcuts.mark_does"), f.T("shortcuts.mark_without")},
		{keysForm, []string{"Ctrl+Enter", "⌘+Enter"}, f.T("shortcuts.form_where"), f.T("shortcuts.send_does"), f.T("shortcuts.send_without")},
		{keysForm, []string{f.T("shortcuts.arrows")}, f.T("shortcuts.radio_where"), f.T("shortcuts.radio_does"), f.T("shortcuts.radio_without")},
		{keysRound, []string{"1 – 8"}, f.T("shortcuts.round_where"), f.T("shortcuts.status_does"), f.T("shortcuts.status_without")},
		{keysRound, []string{"R"}, f.T("shortcuts.round_where"), f.T("shortcuts.confirm_does"), f.T("shortcuts.confirm_without")},
		{keysRound, []string{"E"}, f.T("shortcuts.round_where"), f.T("shortcuts.evidence_does"), f.T("shortcuts.evidence_without")},
		{keysRound, []string{"Ctrl+Enter", "⌘+Enter"}, f.T("shortcuts.round_where"), f.T("shortcuts.save_does"), f.T("shortcuts.save_without")},
		{keysRound, []string{"J", "K"}, f.T("shortcuts.round_where"), f.T("shortcuts.walk_does"), f.T("shortcuts.walk_without")},
		{keysAlign, []string{"J", "K"}, f.T("shortcuts.align_where"), f.T("shortcuts.rows_does"), f.T("shortcuts.rows_without")},
		{keysAlign, []string{"Alt+↑", "Alt+↓"}, f.T("shortcuts.align_where"), f.T("shortcuts.merge_does"), f.T("shortcuts.merge_without")},
		{keysAlign, []string{"S"}, f.T("shortcuts.align_where"), f.T("shortcuts.split_does"), f.T("shortcuts.split_without")},
		{keysAlign, []string{"U"}, f.T("shortcuts.align_where"), f.T("shortcuts.step_back_does"), f.T("shortcuts.step_back_without")},
		{keysMark, []string{"N", "P"}, f.T("shortcuts.marks_where"), f.T("shortcuts.marks_does"), f.T("shortcuts.marks_without")},
		{keysMark, []string{"A", "X", "E"}, f.T("shortcuts.marks_where"), f.T("shortcuts.judge_does"), f.T("shortcuts.judge_without")},
		{keysMark, []string{"M"}, f.T("shortcuts.marks_where"), f.T("shortcuts.mark_does"), f.T("shortcuts.mark_without")},
	}
}

// shortcutsOf lists the keys of some kinds of pages.
func shortcutsOf(f Frame, places ...string) []Shortcut {
	return slices.DeleteFunc(shortcuts(f), func(s Shortcut) bool { return !slices.Contains(places, s.Place) })
}

// keysBeside are the kinds of pages whose keys a page has beside its own.
var keysBeside = map[string]string{keysMatrix: keysList, keysRound: keysForm, keysAlign: keysForm, keysMark: keysForm}

// ShortcutGroup is keys under one heading.
type ShortcutGroup struct {
	Title string
	Keys  []Shortcut
}

// shortcutGroups lists all keys: those of the page that the reader came from, those of every page, and the others.
func shortcutGroups(f Frame, page string) []ShortcutGroup {
	here := []string{page}
	if beside, ok := keysBeside[page]; ok {
		here = append(here, beside)
	}
	own := shortcutsOf(f, here...)
	if page == keysInitiative && !f.May(models.PermitAssess) { // its keys are of analysts alone
		here, own = nil, nil
	}
	first := []ShortcutGroup{{f.T("shortcuts.here"), own}, {f.T("shortcuts.everywhere"), shortcutsOf(f, keysEverywhere)}}
	if len(own) == 0 || page == keysEverywhere {
		first = first[1:]
	}
	others := slices.DeleteFunc(shortcuts(f), func(s Shortcut) bool { return slices.Contains(here, s.Place) || s.Place == keysEverywhere })
	return append(first, ShortcutGroup{f.T("shortcuts.elsewhere"), others})
}

// keysOfPage is the kind of page that this is, for the keys that are its own.
func (f Frame) keysOfPage() string {
	parts := strings.Split(strings.Trim(f.Path, "/"), "/")
	last := parts[len(parts)-1]
	switch {
	case parts[0] == "import" && len(parts) > 2 && (last == keysAlign || last == keysMark):
		return last
	case parts[0] == "rounds" && len(parts) > 2:
		return keysRound
	case slices.Contains([]string{"update", "edit", "new", "mark", "correct", "retract"}, last) || parts[0] == "import" || parts[0] == "account" || parts[0] == "admin":
		return keysForm
	case parts[0] == "initiatives" && len(parts) > 1:
		return keysInitiative
	case parts[0] == "statements" && len(parts) > 1:
		return keysReader
	case parts[0] == "matrix":
		return keysMatrix
	case slices.Contains(listSections, parts[0]):
		return keysList
	}
	return keysEverywhere
}

// listSections are the parts of the site whose pages have rows to walk; "" is the overview.
var listSections = []string{"", "topics", "initiatives", "meetings", "countries", "forums", "delegates", "statements", "commitments", "evidence", "search", "activity", "rounds"}

// keysAddress leads to the list of keys, with those of this page first.
func (f Frame) keysAddress(path string) string {
	if place := f.keysOfPage(); path == "/shortcuts" && place != keysEverywhere {
		return f.About(path) + "?page=" + place
	}
	return f.About(path)
}

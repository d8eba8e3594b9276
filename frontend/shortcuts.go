package frontend

import "slices"

// Shortcut is one key, or several that belong together, with the way without it.
type Shortcut struct {
	Keys                 []string
	Where, Does, Without string
}

// shortcuts lists the keys that the scripts of the pages take.
func shortcuts(f Frame) []Shortcut {
	return []Shortcut{
		{[]string{"/"}, f.T("shortcuts.search_where"), f.T("shortcuts.search_does"), f.T("shortcuts.search_without")},
		{[]string{"?"}, f.T("shortcuts.search_where"), f.T("shortcuts.list_does"), f.T("shortcuts.list_without")},
		{[]string{"g o", "g m", "g x", "g r"}, f.T("shortcuts.search_where"), f.T("shortcuts.go_does"), f.T("shortcuts.go_without")},
		{[]string{"U"}, f.T("shortcuts.undo_where"), f.T("shortcuts.undo_does"), f.T("shortcuts.undo_without")},
		{[]string{f.T("shortcuts.arrows")}, f.T("shortcuts.matrix_where"), f.T("shortcuts.matrix_does"), f.T("shortcuts.matrix_without")},
		{[]string{"N", "P"}, f.T("shortcuts.reader_where"), f.T("shortcuts.reader_does"), f.T("shortcuts.reader_without")},
		{[]string{"M"}, f.T("shortcuts.mark_where"), f.T("shortcuts.mark_does"), f.T("shortcuts.mark_without")},
		{[]string{"1 – 8"}, f.T("shortcuts.round_where"), f.T("shortcuts.status_does"), f.T("shortcuts.status_without")},
		{[]string{"R"}, f.T("shortcuts.round_where"), f.T("shortcuts.confirm_does"), f.T("shortcuts.confirm_without")},
		{[]string{"E"}, f.T("shortcuts.round_where"), f.T("shortcuts.evidence_does"), f.T("shortcuts.evidence_without")},
		{[]string{"Ctrl+Enter"}, f.T("shortcuts.round_where"), f.T("shortcuts.save_does"), f.T("shortcuts.save_without")},
		{[]string{"J", "K"}, f.T("shortcuts.round_where"), f.T("shortcuts.walk_does"), f.T("shortcuts.walk_without")},
		{[]string{"J", "K"}, f.T("shortcuts.align_where"), f.T("shortcuts.rows_does"), f.T("shortcuts.rows_without")},
		{[]string{"Alt+↑", "Alt+↓"}, f.T("shortcuts.align_where"), f.T("shortcuts.merge_does"), f.T("shortcuts.merge_without")},
		{[]string{"S"}, f.T("shortcuts.align_where"), f.T("shortcuts.split_does"), f.T("shortcuts.split_without")},
		{[]string{"U"}, f.T("shortcuts.align_where"), f.T("shortcuts.step_back_does"), f.T("shortcuts.step_back_without")},
		{[]string{"N", "P"}, f.T("shortcuts.mark_where"), f.T("shortcuts.marks_does"), f.T("shortcuts.marks_without")},
		{[]string{"A", "X", "E"}, f.T("shortcuts.mark_where"), f.T("shortcuts.judge_does"), f.T("shortcuts.judge_without")},
		{[]string{"M"}, f.T("shortcuts.mark_where"), f.T("shortcuts.mark_does"), f.T("shortcuts.mark_without")},
	}
}

// shortcutsOf lists the keys of one place.
func shortcutsOf(f Frame, where string) []Shortcut {
	return slices.DeleteFunc(shortcuts(f), func(s Shortcut) bool { return s.Where != where })
}

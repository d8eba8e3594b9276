package frontend

// Shortcut is one key, or several that belong together, with the way without it.
type Shortcut struct {
	Keys                 []string
	Where, Does, Without string
}

// shortcuts lists the keys that the scripts of the pages take.
func shortcuts(f Frame) []Shortcut {
	return []Shortcut{
		{[]string{"/"}, f.T("shortcuts.search_where"), f.T("shortcuts.search_does"), f.T("shortcuts.search_without")},
		{[]string{f.T("shortcuts.arrows")}, f.T("shortcuts.matrix_where"), f.T("shortcuts.matrix_does"), f.T("shortcuts.matrix_without")},
		{[]string{"N", "P"}, f.T("shortcuts.reader_where"), f.T("shortcuts.reader_does"), f.T("shortcuts.reader_without")},
	}
}

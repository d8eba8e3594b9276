package frontend

// groupAt are the headings of long forms, by kind and by the field that they stand before.
var groupAt = map[string]map[string]string{
	"initiative": {"summary.en": "edit.group_words", "first_meeting": "edit.group_time", "trackable": "edit.group_following", "lead_country": "edit.group_place"},
	"commitment": {"kind": "edit.group_verb", "actor": "edit.group_read_out", "note.en": "edit.group_note"},
	"meeting":    {"city.en": "edit.group_where", "number": "edit.group_number", "note.en": "edit.group_note"},
}

// group is the heading that stands before a field, empty within a group and in short forms.
func (p EditForm) group(f Frame, field string) string {
	key := groupAt[p.Kind][field]
	if key == "" {
		return ""
	}
	return f.T(key)
}

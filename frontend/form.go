package frontend

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/followthrough/followthrough/models"
)

// Form is a form as it is shown: what was typed, what is wrong with it, and what it carries along.
type Form struct {
	Values   url.Values
	Errors   map[string]string // message by field
	Order    []string          // the fields with an error, as they were found
	Whole    string            // what is wrong with the whole
	Key      string            // makes sending it twice harmless
	Version  string            // of the record that it changes; empty for what is new
	Page     string            // language-neutral path of the page it stands on
	Restored bool              // brought back after the session had ended
}

// Value returns what was typed into a field.
func (f Form) Value(name string) string { return f.Values.Get(name) }

// Has reports whether a value of a field was chosen.
func (f Form) Has(name, value string) bool { return slices.Contains(f.Values[name], value) }

// Wrong reports whether the form came back because of an error.
func (f Form) Wrong() bool { return len(f.Errors) > 0 || f.Whole != "" }

// title is the title of a page with a form: one that came back says so first.
func (f Form) title(fr Frame, title string) string {
	if f.Wrong() {
		return fr.T("form.error_title", "title", title)
	}
	return title
}

// Field is one field of a form.
type Field struct {
	Name     string
	Label    string
	Hint     string
	Kind     string // text, email, password, date, number; text when empty
	Complete string // what browsers may fill in (HTML, autocomplete)
	List     string // id of the datalist that a browser offers
	Rows     int    // of a text of several lines; 0 for one line
	Required bool
	Fixed    bool        // cannot be changed any more
	Lang     models.Lang // of what is typed, where it is known
	Options  []Option
	Place    int // among several fields of one name; 0 for one alone
}

// id is the id of a field's control.
func (f Field) id() string {
	if f.Place > 0 {
		return fmt.Sprintf("field-%s-%d", f.Name, f.Place)
	}
	return "field-" + f.Name
}

// describedBy names the hint and the message of a field.
func (f Field) describedBy(form Form) string {
	var by []string
	if form.Errors[f.Name] != "" {
		by = append(by, f.id()+"-error")
	}
	if f.Hint != "" {
		by = append(by, f.id()+"-hint")
	}
	return strings.Join(by, " ")
}

func (f Field) kind() string {
	if f.Kind == "" {
		return "text"
	}
	return f.Kind
}

// shortFields are the names of fields that take a day or a code of a few letters and whose names do not tell.
var shortFields = []string{"from", "until", "iso2", "iso3"}

// size says how long the control of a field is: about as long as what is typed into it, so that its length is a hint.
func (f Field) size() string {
	name := f.Name[strings.LastIndexByte(f.Name, '.')+1:]
	switch {
	case f.Rows > 0:
		return "field-text"
	case f.Options != nil:
		return "field-choice"
	case f.Kind == "number", f.Complete == "one-time-code", strings.HasSuffix(name, "_on"), slices.Contains(shortFields, name):
		return "field-short"
	case f.Kind == "email", f.Kind == "password", f.Complete == "name", name == "slug", name == "ref":
		return "field-medium"
	}
	return "field-line"
}

// SignIn is the page on which a person signs in, or gives the passphrase once more.
type SignIn struct {
	Again bool // the person is signed in already
	Asked bool // a page was asked for that the public cannot see
	Next  string
	Kept  string // a form that was sent meanwhile
	Form  Form
}

// roleOptions lists the roles that an account can have.
func roleOptions(f Frame, chosen models.Role) []Option {
	var all []Option
	for _, r := range models.AccountRoles {
		all = append(all, Option{Value: string(r), Label: f.T("role_of." + string(r)), Selected: r == chosen})
	}
	return all
}

// with returns the form with a value where nothing was typed yet.
func (f Form) with(name, value string) Form {
	if _, typed := f.Values[name]; typed || value == "" {
		return f
	}
	values := url.Values{name: {value}}
	for n, v := range f.Values {
		values[n] = v
	}
	f.Values = values
	return f
}

func signInTitle(f Frame, p SignIn) string {
	if p.Again {
		return f.T("sign_in.again")
	}
	return f.T("sign_in.title")
}

func signInAction(p SignIn) string {
	if p.Again {
		return "/account/verify"
	}
	return "/sign-in"
}

func invitationTitle(f Frame, i models.Invitation) string {
	if i.UserID != 0 {
		return f.T("invitation.renew")
	}
	return f.T("invitation.title")
}

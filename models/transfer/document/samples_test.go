package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"html"
	"slices"
	"strings"
	"testing"

	"github.com/followthrough/followthrough/models"
)

// The same statement in three languages, in the style of such texts: title, words of the issuer, paragraphs.
var (
	english = []string{
		"Joint Statement of the Harbour Security Group",
		"Following the second meeting of the group, the heads of delegation issued the following Joint Statement on March 3.",
		"We, the ministers of the coastal states, met to review our shared work on the safety of ports & cables.",
		"We reaffirm our commitment to a sea that is open to all, and we will hold an exercise before the end of 2025.",
		"We discussed the importance of exchanging warnings between our centres, and welcomed the progress made on training.",
		"We intend to meet again next year.",
	}
	japanese = []string{
		"港湾安全グループ共同声明",
		"第2回会合の議論を踏まえ、各国首席代表は、3月3日、以下の共同声明を発出した。",
		"我々、沿岸国の閣僚は、港湾と海底ケーブルの安全に関する共通の取組を検討するために会合した。",
		"我々は、全ての者に開かれた海への決意を再確認し、2025年末までに演習を実施する。",
		"我々は、各国のセンターの間で警報を交換することの重要性について議論し、研修に関する進捗を歓迎した。",
		"我々は、来年再び会合する考えである。",
	}
	french = []string{
		"Déclaration conjointe du Groupe de sécurité portuaire",
		"À l’issue de la deuxième réunion du groupe, les chefs de délégation ont publié le 3 mars la déclaration conjointe suivante.",
		"Nous, les ministres des États côtiers, nous sommes réunis pour examiner nos travaux communs sur la sécurité des ports et des câbles.",
		"Nous réaffirmons notre attachement à une mer ouverte à tous et nous organiserons un exercice avant la fin de 2025.",
		"Nous avons discuté de l’importance des échanges d’alertes entre nos centres et salué les progrès de la formation.",
		"Nous avons l’intention de nous réunir à nouveau l’année prochaine.",
	}
	inOrder = []Kind{Title, Preface, Paragraph, Paragraph, Paragraph, Paragraph}
)

// part is a file within an archive.
type part struct{ name, body string }

const typesXML = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="` + mainDocument + `"/></Types>`

// wordXML is a main part with this in its body.
func wordXML(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="` + wordML + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + body + `</w:body></w:document>`
}

func archive(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(p.body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// docxOf is a document with this in its body.
func docxOf(t testing.TB, body string) []byte {
	return archive(t, part{contentTypes, typesXML}, part{usualPart, wordXML(body)})
}

func escaped(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a strings.Builder takes everything
	return b.String()
}

func wordParagraph(text string) string {
	return `<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t xml:space="preserve">` + escaped(text) + `</w:t></w:r></w:p>`
}

func each(all []string, format string, escape func(string) string) string {
	var b strings.Builder
	for _, text := range all {
		fmt.Fprintf(&b, format, escape(text))
	}
	return b.String()
}

func asIs(text string) string { return text }

// words returns the paragraphs of a text, and what each is.
func words(t Text) ([]string, []Kind) {
	var all []string
	var kinds []Kind
	for _, p := range t.Pieces {
		all, kinds = append(all, p.Of(t.Body)), append(kinds, p.Kind)
	}
	return all, kinds
}

// mustRead reads files that are in order.
func mustRead(t testing.TB, files ...File) *Reading {
	t.Helper()
	r, err := Read(files)
	if err != nil {
		t.Fatalf("%.40q: %v", files[0].Name, err)
	}
	for _, text := range r.Texts {
		checkPlaces(t, text)
	}
	return r
}

// checkPlaces looks at what holds of every text: the pieces are in order, do not overlap, hold something, and the
// hashes are those of the body.
func checkPlaces(t testing.TB, text Text) {
	t.Helper()
	at := 0
	for i, p := range text.Pieces {
		if p.From < at || p.Of(text.Body) == "" {
			t.Fatalf("%s: piece %d is at %v after %d", text.Lang, i, p.Span, at)
		}
		at = p.To
	}
	if got, want := text.SHA256, hexadecimal([]byte(text.Body)); got != want {
		t.Errorf("hash %s, want %s", got, want)
	}
	if !slices.Contains(models.SourceFormats, text.Format) {
		t.Errorf("format %q is not on the list", text.Format)
	}
}

// refused reads files and returns the field and the key of the one fault that it wants.
func refused(t testing.TB, files ...File) (field, key string, args map[string]any) {
	t.Helper()
	_, err := Read(files)
	bad := models.InvalidFields(err)
	if len(bad) != 1 {
		t.Errorf("%.60q: got %v, want one fault", files[0].Name, err)
		return "", "", nil
	}
	return bad[0].Field, bad[0].Key, bad[0].Args
}

func pageOf(all []string) string {
	return `<!DOCTYPE html><html lang="en"><head><title>Ministry</title><style>p{color:red}</style></head><body><nav><a href="/">Home</a></nav>` +
		`<main><h1>` + html.EscapeString(all[0]) + `</h1>` + each(all[1:], "\n<p>%s</p>", html.EscapeString) + `</main><footer><p>© Ministry</p></footer><script>x()</script></body></html>`
}

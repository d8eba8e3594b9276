package document

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

// What a hostile file may cost.
const (
	budget = 2 * time.Second
	memory = 100 << 20
)

// raw writes an archive part by part with whatever its headers say.
func raw(t *testing.T, change func(*zip.FileHeader), parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		h := &zip.FileHeader{Name: p.name, Method: zip.Store, CRC32: crc32.ChecksumIEEE([]byte(p.body)), CompressedSize64: uint64(len(p.body)), UncompressedSize64: uint64(len(p.body))}
		change(h)
		w, err := z.CreateRaw(h)
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

// sound is what makes an archive a document.
func sound(more ...part) []part {
	return append([]part{{contentTypes, typesXML}, {usualPart, wordXML(wordParagraph("We met."))}}, more...)
}

func body(text string) []part { return []part{{contentTypes, typesXML}, {usualPart, text}} }

// lying returns a document whose directory says that its text is ten bytes long.
func lying(t *testing.T) []byte {
	data := archive(t, sound(part{"word/media/image1.png", strings.Repeat("\x00", 40<<20)})...)
	at := bytes.LastIndex(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[at+24:], 10)
	return data
}

// overlapping returns an archive of which many parts are the same bytes.
func overlapping(t *testing.T, copies, size int) []byte {
	parts := sound()
	for i := range copies {
		parts = append(parts, part{fmt.Sprintf("word/media/%d.bin", i), ""})
	}
	parts = append(parts, part{"word/media/last.bin", strings.Repeat("\x00", size)})
	data := archive(t, parts...)
	last := bytes.LastIndex(data, []byte("PK\x01\x02"))
	for at := bytes.Index(data, []byte("PK\x01\x02")); at < last; {
		size := 46 + int(binary.LittleEndian.Uint16(data[at+28:])) + int(binary.LittleEndian.Uint16(data[at+30:]))
		if bytes.Contains(data[at:at+size], []byte(".bin")) {
			copy(data[at+8:at+28], data[last+8:last+28])   // flags, method, sum and sizes
			copy(data[at+42:at+46], data[last+42:last+46]) // and the place
		}
		at += size
	}
	return data
}

// shuffled is text of a length that cannot be packed into nothing.
func shuffled(length int, of func(*rand.Rand) string) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < length {
		b.WriteString(of(r))
	}
	return b.String()
}

// measured reads a file and says how long it took and how much more memory the program then had.
func measured(f File) (took time.Duration, taken uint64, err error) {
	var before, after runtime.MemStats
	debug.FreeOSMemory() // what comes after is new
	runtime.ReadMemStats(&before)
	start := time.Now()
	_, err = Read([]File{f})
	took = time.Since(start)
	runtime.ReadMemStats(&after)
	return took, held(after) - min(held(after), held(before)), err
}

// held is how much memory the heap keeps from other programs.
func held(m runtime.MemStats) uint64 { return m.HeapSys - m.HeapReleased }

func TestHostileDocuments(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">`
	for c := 'b'; c < 'm'; c++ {
		laughs += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	laughs += `]><w:document xmlns:w="` + wordML + `"><w:body><w:p><w:r><w:t>&l;</w:t></w:r></w:p></w:body></w:document>`
	quoted := strings.Replace(wordXML("&big;"), "<w:document", `<!DOCTYPE d [<!ENTITY big "`+strings.Repeat("x", 1<<19)+`">]><w:document`, 1)
	external := strings.Replace(wordXML("&e;"), "<w:document", `<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document`, 1)
	inner := archive(t, part{"0", strings.Repeat("\x00", 30<<20)})
	many := sound()
	for i := range maxParts {
		many = append(many, part{fmt.Sprintf("word/%d", i), "x"})
	}
	small := sound()
	for i := range 30 {
		small = append(small, part{fmt.Sprintf("word/%d", i), strings.Repeat("\x00", ratioFrom)})
	}
	keep := func(*zip.FileHeader) {}
	for _, c := range []struct {
		name, key string
		data      []byte
	}{
		{"flat", "error.docx_size", archive(t, sound(part{"word/media/a", strings.Repeat("\x00", 60<<20)})...)},
		{"flat_in_the_text", "error.docx_size", archive(t, body(wordXML("<w:p/>"+strings.Repeat(" ", 60<<20)))...)},
		{"nested", "error.docx_size", archive(t, sound(part{"word/embeddings/a.docx", string(archive(t, part{"1", string(inner)}, part{"2", strings.Repeat("\x00", 30<<20)}))}, part{"b", strings.Repeat("\x00", 30<<20)})...)},
		{"overlapping", "error.docx_size", overlapping(t, 100, 9<<20)},
		{"overlapping_a_little", "error.docx_size", overlapping(t, 1, 1000)},
		{"many_small_bombs", "error.docx_size", archive(t, small...)},
		{"a_bomb_in_a_large_file", "error.docx_size", archive(t, sound(part{"word/a", strings.Repeat("\x00", 5<<20)}, part{"word/b", shuffled(1<<20, func(r *rand.Rand) string { return string(rune(0x4e00 + r.IntN(20000))) })})...)},
		{"a_document_type", "error.docx_text", archive(t, body(strings.Replace(wordXML(wordParagraph("We met.")), "<w:document", "<!DOCTYPE d><w:document", 1))...)},
		{"lying_about_sizes", "error.text_type", lying(t)},
		{"quoted_entities", "error.docx_text", archive(t, body(quoted)...)},
		{"a_billion_laughs", "error.docx_text", archive(t, body(laughs)...)},
		{"a_billion_laughs_in_the_styles", "error.docx_text", archive(t, sound(part{"word/styles.xml", laughs})...)},
		{"a_billion_laughs_elsewhere", "error.docx_text", archive(t, sound(part{"word/footnotes.xml", strings.Repeat(" ", 100_000) + laughs})...)},
		{"an_external_entity", "error.docx_text", archive(t, body(external)...)},
		{"an_entity_nobody_declared", "error.docx_text", archive(t, body(wordXML("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"))...)},
		{"deep", "error.docx_text", archive(t, body(wordXML(strings.Repeat("<w:p>", 100_000)))...)},
		{"deep_and_closed", "error.docx_text", archive(t, body(wordXML(strings.Repeat("<w:p>", 70)+strings.Repeat("</w:p>", 70)))...)},
		{"many_parts", "error.docx_size", archive(t, many...)},
		{"dots", "error.docx_names", archive(t, sound(part{"../../etc/cron.d/x", "x"})...)},
		{"dots_within", "error.docx_names", archive(t, sound(part{"word/../../x", "x"})...)},
		{"backslashes", "error.docx_names", archive(t, sound(part{`..\x`, "x"})...)},
		{"an_absolute_name", "error.docx_names", archive(t, sound(part{"/etc/passwd", "x"})...)},
		{"a_drive", "error.docx_names", archive(t, sound(part{"C:/x", "x"})...)},
		{"a_symlink", "error.docx_names", raw(t, func(h *zip.FileHeader) {
			if h.Name == "word/link" {
				h.SetMode(fs.ModeSymlink | 0o777)
			}
		}, sound(part{"word/link", "/etc/passwd"})...)},
		{"a_name_twice", "error.docx_names", raw(t, keep, sound(part{usualPart, wordXML(wordParagraph("We did not meet."))})...)},
		{"a_name_twice_in_capitals", "error.docx_names", raw(t, keep, sound(part{"word/DOCUMENT.xml", "x"})...)},
		{"encrypted", "error.docx_encrypted", raw(t, func(h *zip.FileHeader) { h.Flags |= 1 }, sound()...)},
		{"a_method_nobody_knows", "error.docx_size", raw(t, func(h *zip.FileHeader) { h.Method = 95 }, sound()...)},
		{"a_broken_sum", "error.text_type", raw(t, func(h *zip.FileHeader) { h.CRC32++ }, sound()...)},
		{"a_long_text", "error.text_size", docxOf(t, shuffled(2_400_000, func(r *rand.Rand) string { return wordParagraph(fmt.Sprintf("We met %d times.", r.Perm(500))) }))},
		{"markup_alone", "error.text_empty", docxOf(t, shuffled(maxXML-1000, func(r *rand.Rand) string { return fmt.Sprintf(`<w:r w:rsidR="%08X"/>`, r.Uint32()) }))},
		{"more_markup_than_any_text_has", "error.docx_size", docxOf(t, shuffled(maxXML+1000, func(r *rand.Rand) string { return fmt.Sprintf(`<w:p w:rsidR="%08X"/>`, r.Uint32()) }))},
	} {
		t.Run(c.name+"_is_refused", func(t *testing.T) {
			took, taken, err := measured(File{Name: "a.docx", Lang: "en", Data: c.data})
			if took > budget || taken > memory {
				t.Errorf("took %v and %d MiB", took, taken>>20)
			}
			t.Logf("%d KiB: %v, %d MiB, %v", len(c.data)>>10, took.Round(time.Millisecond), taken>>20, err)
			if _, key, _ := refused(t, File{Name: "a.docx", Lang: "en", Data: c.data}); key != c.key {
				t.Errorf("got %s, want %s", key, c.key)
			}
		})
	}
	t.Run("and_a_sound_one_is_read", func(t *testing.T) {
		if all, _ := words(mustRead(t, File{Name: "a.docx", Lang: "en", Data: raw(t, keep, sound()...)}).Texts[0]); len(all) != 1 || all[0] != "We met." {
			t.Errorf("got %q", all)
		}
	})
}

// TestHostilePages: however a page is nested, it costs what its length costs.
func TestHostilePages(t *testing.T) {
	for name, unit := range map[string]string{"nested": "<div><b>", "tables": "<table><tr><td>x", "zones": "<header><aside>", "comments": "<!--", "unclosed": "<p title='", "entities": "&amp&lt&#x", "attributes": "<p a b c d e f g>x", "hidden": "<p hidden><ruby>", "raw": "<script><", "less": "<", "rows": "<tr><td>a</td><td>我</td></tr>", "breaks": "<br>x<br><br>"} {
		t.Run(name, func(t *testing.T) {
			data := []byte("<!doctype html><p>We met.</p>" + strings.Repeat(unit, (MaxFile-100)/len(unit)))
			took, taken, _ := measured(File{Name: "a.html", Lang: "en", Data: data})
			t.Logf("%v, %d MiB", took.Round(time.Millisecond), taken>>20)
			if took > budget || taken > memory {
				t.Errorf("took %v and %d MiB", took, taken>>20)
			}
		})
	}
	for name, unit := range map[string]string{"lines": "a\n", "empty_lines": "\n \n", "pipes": "a | 我 |\n", "in_turn": "We met.\n我々は\n", "marks": "> > > - # ", "delimiters": "-|-\n", "spaces": " ", "carriage": "\r", "stars": "* * *\n", "tail": "END\n"} {
		t.Run(name, func(t *testing.T) {
			data := []byte("We met.\n" + strings.Repeat(unit, (MaxFile-100)/len(unit)))
			for _, f := range []File{{Name: "a.txt", Data: data}, {Name: "a.md", Data: data[:2*MaxText]},
				{Name: "a.txt", Data: []byte("We met.\n\n" + string(data[:2*MaxText-9]))}, {Name: "a.txt", Data: []byte(strings.Repeat(string(data[:len(data)/6000])+"\n\n", 2000))}} {
				took, taken, _ := measured(f)
				t.Logf("%s: %v, %d MiB", f.Name, took.Round(time.Millisecond), taken>>20)
				if took > budget || taken > memory {
					t.Errorf("%s took %v and %d MiB", f.Name, took, taken>>20)
				}
			}
		})
	}
}

// TestNamesAndContentsHaveToAgree/polyglots_and_wrong_types
func TestNamesAndContentsHaveToAgree(t *testing.T) {
	t.Parallel()
	text := strings.Join(english, "\n\n")
	doc := string(docxOf(t, each(english, "%s", wordParagraph)))
	sheet := string(archive(t, part{contentTypes, strings.Replace(typesXML, "wordprocessingml.document", "spreadsheetml.sheet", 1)}, part{"xl/workbook.xml", "<x/>"}))
	for _, c := range []struct{ name, file, data, key string }{
		{"a text called DOCX", "a.docx", text, "error.text_type"},
		{"a page called DOCX", "a.docx", pageOf(english), "error.text_type"},
		{"a PDF called DOCX", "a.docx", "%PDF-1.7\n" + text, "error.text_type"},
		{"a document called text", "a.txt", doc, "error.text_type"},
		{"a document called Markdown", "a.md", doc, "error.text_type"},
		{"a document called HTML", "a.html", doc, "error.text_type"},
		{"a workbook called DOCX", "a.docx", sheet, "error.text_type"},
		{"an archive called DOCX", "a.docx", string(archive(t, part{"a.txt", text})), "error.text_type"},
		{"a PDF called text", "a.txt", "%PDF-1.7\n1 0 obj", "error.text_type"},
		{"a PDF behind a line", "a.txt", "We met.\n%PDF-1.4\n", "error.text_type"},
		{"a picture called text", "a.txt", "\x89PNG\r\n\x1a\n\x00\x00", "error.text_type"},
		{"an old document called text", "a.txt", "\xd0\xcf\x11\xe0\xa1\xb1", "error.text_type"},
		{"rich text called text", "a.txt", `{\rtf1\ansi We met.}`, "error.text_type"},
		{"a program called text", "", "\x7fELF\x02\x01", "error.text_type"},
		{"a pressed file", "", "\x1f\x8b\x08\x00", "error.text_type"},
		{"a page called text", "a.txt", pageOf(english), "error.text_type"},
		{"a page called Markdown", "a.md", "\n <!-- x --><HTML><p>We met.", "error.text_type"},
		{"a text called HTML", "a.html", text, "error.text_type"},
		{"a picture of vectors called HTML", "a.html", `<svg xmlns="http://www.w3.org/2000/svg"><text>We met.</text></svg>`, "error.text_type"},
		{"a text and an archive", "a.txt", text + doc, "error.text_type"},
		{"a page and an archive", "a.html", pageOf(english) + doc, "error.text_type"},
		{"an archive behind a page", "a.docx", pageOf(english) + doc, "error.text_type"},
		{"a document with a page behind it", "a.docx", doc + pageOf(english), "error.text_type"},
		{"a document with a PDF in it", "a.docx", string(raw(t, func(*zip.FileHeader) {}, append([]part{{"a", "%PDF-1.4"}}, sound()...)...)), "error.text_type"},
		{"a document with programs", "a.docx", string(archive(t, part{contentTypes, strings.Replace(typesXML, "</Types>", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>`, 1)}, sound()[1])), "error.text_type"},
		{"a document without a document", "a.docx", string(archive(t, body("<x/>")...)), "error.text_type"},
		{"a program", "a.exe", text, "error.text_format"},
		{"a workbook", "a.xlsx", sheet, "error.text_format"},
		{"no ending", "statement", text, "error.text_format"},
		{"two endings", "a.docx.pdf", doc, "error.text_format"},
	} {
		t.Run("polyglots_and_wrong_types/"+c.name, func(t *testing.T) {
			if field, key, _ := refused(t, File{Name: c.file, Lang: "en", Data: []byte(c.data)}); field != "texts.0" || key != c.key {
				t.Errorf("got %s: %s, want %s", field, key, c.key)
			}
		})
	}
}

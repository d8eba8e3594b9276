package document

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPagesAreReducedToTheirText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"white space is one space, and an ideographic one is kept", "<p>\n  We\n met&nbsp;in   <b>Tokyo</b> .\n</p><p>\u3000我々は\n会合した。</p>", []string{"We met\u00a0in Tokyo .", "\u3000我々は 会合した。"}},
		{"a break is a line end within", "<p>One,<br>\ntwo.<BR/>three.</p>", []string{"One,\ntwo.\nthree."}},
		{"two breaks are an empty line", "<div>One.<br><br>Two.<br>\n<br/>Three.</div>", []string{"One.", "Two.", "Three."}},
		{"blocks without an end", "<p>One.<p>Two.<ul><li>Three.<li>Four.</ul>Five.<dl><dt>Six<dd>Seven</dl>", []string{"One.", "Two.", "Three.", "Four.", "Five.", "Six", "Seven"}},
		{"what is not seen", "<p>One.<script>bad()</script><style>p{}</style><!-- no --><noscript>no</noscript><template><p>no</p></template></p><div hidden>no<div>no</div>no</div><p style='color:red; Display : None'>no</p><p>Two.</p><iframe>no</iframe><button>Share</button><select><option>no</select><textarea>no</textarea><svg><text>no</text></svg>", []string{"One.", "Two."}},
		{"navigation", "<nav>no<ul><li>no</ul></nav><p>One.</p>", []string{"One."}},
		{"readings above characters", "<p><ruby>強<rp>（</rp><rt>きょう</rt><rp>）</rp>靱<rt>じん</ruby>な社会</p>", []string{"強靱な社会"}},
		{"entities", "<p>ports &amp; cables &lt;b&gt; caf&eacute; &#x6211;&#25105;</p>", []string{"ports & cables <b> café 我我"}},
		{"lines of preformatted text", "<pre>\nOne\n  two.\n\nThree.\n</pre>", []string{"One\n  two.", "Three."}},
		{"a table of one column and one of three", "<table><tr><td>One.<tr><td>Two.</table><table><tr><td>a<td>b<td>c</table>", []string{"One.", "Two.", "a", "b", "c"}},
		{"an aside in the midst", "<p>One.</p><aside>no</aside><p>Two.</p>", []string{"One.", "Two."}},
		{"an aside of the text itself", "<article><p>One.</p><aside>A box.</aside><p>Two.</p></article>", []string{"One.", "A box.", "Two."}},
	} {
		items, err := readHTML("<html>" + c.page)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, b := range whole(flat(items)) {
			got = append(got, b.text)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestThePageAroundTheTextIsOutside(t *testing.T) {
	t.Parallel()
	text := "<p>" + strings.Join(english[2:], "</p><p>") + "</p>"
	for name, page := range map[string]string{
		"header_and_footer":    "<header><p>Ministry of the Sea</p><div>Press</div></header>" + text + "<footer><p>Postal address</p><p>Telephone</p></footer>",
		"beside_the_main_part": "<div>Ministry of the Sea</div><p>Press</p><main><header></header>" + text + "</main><p>Postal address</p><p>Telephone</p>",
		"aside_with_articles":  "<aside><article><p>Other news</p></article></aside><header>x</header>" + text + "<aside><article><p>More</p><p>And more</p></article></aside>",
	} {
		t.Run(name, func(t *testing.T) {
			_, kinds := words(mustRead(t, File{Name: "a.html", Data: []byte("<body>" + page)}).Texts[0])
			if diff := cmp.Diff([]Kind{Outside, Outside, Paragraph, Paragraph, Paragraph, Paragraph, Outside, Outside}, kinds); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocumentsAreReducedToTheirText(t *testing.T) {
	t.Parallel()
	run := func(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"runs are one paragraph", "<w:p>" + run("We ") + `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">met </w:t><w:t>here.</w:t></w:r></w:p>` + "<w:p/><w:p>" + run("Two.") + "</w:p>", []string{"We met here.", "Two."}},
		{"tabs, breaks and hyphens", "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type=\"page\"/><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t></w:r></w:p>", []string{"a\tb\nc\nd\u2011e"}},
		{"what was deleted is out, what was inserted is in", "<w:p>" + run("We ") + "<w:del><w:r><w:delText>will</w:delText></w:r>" + run("no") + "</w:del><w:ins>" + run("intend to ") + "</w:ins><w:moveFrom>" + run("no") + "</w:moveFrom><w:moveTo>" + run("meet.") + "</w:moveTo></w:p>", []string{"We intend to meet."}},
		{"hidden text", "<w:p>" + run("We met.") + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>no</w:t><w:tab/></w:r><w:r><w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>no</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t> Yes.</w:t></w:r></w:p>", []string{"We met. Yes."}},
		{"notes, fields and links", "<w:p>" + run("We met") + `<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r><w:hyperlink>` + run(" here") + `</w:hyperlink><w:sdt><w:sdtPr><w:alias w:val="no"/></w:sdtPr><w:sdtContent>` + run(".") + "</w:sdtContent></w:sdt></w:p>", []string{"We met here."}},
		{"readings above characters", "<w:p><w:r><w:ruby><w:rt>" + run("きょう") + "</w:rt><w:rubyBase>" + run("強") + "</w:rubyBase></w:ruby></w:r>" + run("靱") + "</w:p>", []string{"強靱"}},
		{"a text box stands before the paragraph that holds it", "<w:p>" + run("We ") + "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>" + run("A box.") + "</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p>" + run("A box.") + "</w:p></mc:Fallback></mc:AlternateContent></w:r>" + run("met.") + "</w:p>", []string{"A box.", "We met."}},
		{"a table of one language", "<w:tbl><w:tr><w:tc><w:p>" + run("One.") + "</w:p></w:tc><w:tc><w:p>" + run("Two.") + "</w:p></w:tc></w:tr></w:tbl>", []string{"One.", "Two."}},
		{"an ideographic space", "<w:p>" + run("\u3000我々は") + "</w:p>", []string{"\u3000我々は"}},
	} {
		data := archive(t, part{contentTypes, typesXML}, part{usualPart, wordXML(c.body)}, part{"word/footnotes.xml", wordXML(wordParagraph("no"))},
			part{"word/styles.xml", `<w:styles xmlns:w="` + wordML + `"><w:style w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`})
		got, _ := words(mustRead(t, File{Name: "a.docx", Lang: "en", Data: data}).Texts[0])
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
	t.Run("the_main_part_may_have_another_name", func(t *testing.T) {
		data := archive(t, part{contentTypes, strings.Replace(typesXML, "document.xml", "document2.xml", 1)}, part{"word/document2.xml", strings.ReplaceAll(wordXML(wordParagraph("We met.")), wordML, strictWordML)})
		if got, _ := words(mustRead(t, File{Name: "A.DOCX", Lang: "en", Data: data}).Texts[0]); len(got) != 1 || got[0] != "We met." {
			t.Errorf("got %q", got)
		}
	})
}

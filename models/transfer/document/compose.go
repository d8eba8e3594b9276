package document

import "strings"

// composer puts paragraphs and rows together while a page or a document is read from its beginning to its end.
type composer struct {
	items   []item
	text    strings.Builder
	space   bool // seen and not yet written, since none is written at the end of a line
	heading bool
	outside bool
	table   *[][]block // the cells of the row that is open; nil outside the innermost table
}

// words adds text in which any white space is one space.
func (c *composer) words(text string) {
	for text != "" {
		n := strings.IndexAny(text, " \t\n\f\r")
		if n != 0 {
			if n < 0 {
				n = len(text)
			}
			if c.space && c.text.Len() > 0 && !strings.HasSuffix(c.text.String(), "\n") {
				c.text.WriteByte(' ')
			}
			c.space = false
			c.text.WriteString(text[:n])
		} else {
			n, c.space = 1, true
		}
		text = text[n:]
	}
}

// lineBreak ends a line within a paragraph.
func (c *composer) lineBreak() {
	c.space = false
	c.text.WriteByte('\n')
}

// flush ends a paragraph. An empty line in it, made of two breaks, parts it in two.
func (c *composer) flush() {
	text := strings.Trim(c.text.String(), "\n")
	c.text.Reset()
	c.space = false
	var blocks []block
	if separated(text) {
		blocks = paragraphs(text, false)
	} else if text = strings.Trim(text, " \t\n"); !blank(text) {
		blocks = []block{{text: text}}
	}
	for _, b := range blocks {
		b.heading, b.outside = c.heading, c.outside
		if row := c.table; row != nil && len(*row) > 0 {
			last := len(*row) - 1
			(*row)[last] = append((*row)[last], b)
		} else {
			c.items = append(c.items, item{block: b})
		}
	}
}

// openTable begins a table. One within a cell of another means that the outer one lays the page out.
func (c *composer) openTable() {
	c.flush()
	c.dissolve()
	c.table = &[][]block{}
}

// closeTable ends the innermost table; what is left of the one around it is no row.
func (c *composer) closeTable() {
	c.closeRow()
	c.table = nil
}

func (c *composer) openCell() {
	c.flush()
	if c.table != nil {
		*c.table = append(*c.table, nil)
	}
}

// closeRow keeps a row of two cells together, and takes any other one apart.
func (c *composer) closeRow() {
	c.flush()
	if c.table == nil {
		return
	}
	if row := *c.table; len(row) == 2 {
		c.items = append(c.items, item{cells: &[2][]block{row[0], row[1]}})
		*c.table = nil
	}
	c.dissolve()
}

func (c *composer) dissolve() {
	if c.table == nil {
		return
	}
	for _, cell := range *c.table {
		for _, b := range cell {
			c.items = append(c.items, item{block: b})
		}
	}
	*c.table = nil
}

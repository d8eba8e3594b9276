package handlers

import (
	"fmt"
	"strings"
	"testing"
)

func TestCacheKeepsItsBound(t *testing.T) {
	t.Parallel()
	c, err := newCache()
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(strings.Repeat("x", 1<<20))
	for i := range 100 {
		c.add(fmt.Sprint(i), answer{body: body})
		c.add(fmt.Sprint(i), answer{body: body}) // twice changes nothing
	}
	if c.bytes > cacheBytes || c.bytes != c.lru.Len()*(len(body)+len("99")) { // each under a key of two digits
		t.Errorf("%d bytes kept for %d answers; at most %d", c.bytes, c.lru.Len(), cacheBytes)
	}
	if _, ok := c.get("99"); !ok {
		t.Error("the newest answer is gone")
	}
	if _, ok := c.get("0"); ok {
		t.Error("the oldest answer is still there")
	}
	c.add("huge", answer{body: make([]byte, cacheBytes/4)})
	if _, ok := c.get("huge"); ok {
		t.Error("one answer may push out all the others")
	}
}

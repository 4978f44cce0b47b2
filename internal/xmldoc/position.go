package xmldoc

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// block is the distance of the marks from which places are counted: a place
// costs at most this many bytes, however long the line.
const block = 512

type mark struct{ line, column int32 }

// positions is what places are told by, made when places are asked for.
type positions struct {
	once     sync.Once
	marks    []mark
	ordinals ordinals
}

// Position gives line and column of an offset in the source: 1-based, the
// column in characters. A carriage return that no line feed follows ends a
// line too.
func (d *Document) Position(offset int) (line, column int) {
	d.places.once.Do(func() { d.places.marks = marks(d.src) })
	offset = min(max(offset, 0), len(d.src))
	i := offset / block
	return place(advance(d.places.marks[i], d.src, i*block, offset))
}

func position(src string, offset int) (line, column int) {
	return place(advance(mark{1, 1}, src, 0, min(offset, len(src))))
}

func place(m mark) (line, column int) { return int(m.line), int(m.column) }

func marks(src string) []mark {
	out := make([]mark, 1, 1+len(src)/block)
	out[0] = mark{1, 1}
	for from := 0; from+block <= len(src); from += block {
		out = append(out, advance(out[len(out)-1], src, from, from+block))
	}
	return out
}

func advance(m mark, src string, from, to int) mark {
	if part := src[from:to]; isASCII(part) && strings.IndexByte(part, '\n') < 0 && strings.IndexByte(part, '\r') < 0 {
		m.column += int32(len(part))
		return m
	}
	for i := from; i < to; i++ {
		switch c := src[i]; {
		case c == '\n', c == '\r' && (i+1 == len(src) || src[i+1] != '\n'):
			m.line++
			m.column = 1
		case utf8.RuneStart(c):
			m.column++
		}
	}
	return m
}

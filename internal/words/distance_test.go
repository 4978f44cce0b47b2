package words

import "testing"

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		most int
		want int
	}{
		{"", "", 9, 0}, {"", "abc", 9, 3}, {"kitten", "sitting", 9, 3}, {"flaw", "lawn", 9, 2}, {"same", "same", 9, 0},
		{"kitten", "sitting", 2, 3}, {"a", "abcdefgh", 3, 4}, // given up
	} {
		if got := Distance(test.a, test.b, test.most); got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", test.a, test.b, test.most, got, test.want)
		}
		if got := Distance(test.b, test.a, test.most); got != test.want {
			t.Errorf("Distance(%q, %q, %d) = %d, want %d", test.b, test.a, test.most, got, test.want)
		}
	}
}

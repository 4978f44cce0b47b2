package policy

import "strings"

// family is the kind of values that an operator compares.
type family int

const (
	familyString family = iota
	familyFold          // strings, ignoring case
	familyLike          // strings with wildcards
	familyNumeric
	familyDate
	familyBool
	familyBinary
	familyAddress
	familyARN
	familyNull
)

// relation is which orders of the value of the request and of that of the
// policy fit.
type relation int

const (
	equal relation = iota
	less
	lessEqual
	greater
	greaterEqual
)

// quantifier is the set operator before an operator.
type quantifier string

const (
	single quantifier = ""
	anyOf  quantifier = "ForAnyValue:"
	allOf  quantifier = "ForAllValues:"
)

const ifExistsSuffix = "IfExists"

// An operator is a condition operator, taken apart.
type operator struct {
	quantifier quantifier
	family     family
	relation   relation
	negated    bool
	ifExists   bool
}

// A namedOperator is an operator without quantifier and suffix.
type namedOperator struct {
	name string
	operator
}

// operators are those of reference_policies_elements_condition_operators.
func operators() []namedOperator {
	return []namedOperator{
		{"StringEquals", operator{family: familyString}},
		{"StringNotEquals", operator{family: familyString, negated: true}},
		{"StringEqualsIgnoreCase", operator{family: familyFold}},
		{"StringNotEqualsIgnoreCase", operator{family: familyFold, negated: true}},
		{"StringLike", operator{family: familyLike}},
		{"StringNotLike", operator{family: familyLike, negated: true}},
		{"NumericEquals", operator{family: familyNumeric}},
		{"NumericNotEquals", operator{family: familyNumeric, negated: true}},
		{"NumericLessThan", operator{family: familyNumeric, relation: less}},
		{"NumericLessThanEquals", operator{family: familyNumeric, relation: lessEqual}},
		{"NumericGreaterThan", operator{family: familyNumeric, relation: greater}},
		{"NumericGreaterThanEquals", operator{family: familyNumeric, relation: greaterEqual}},
		{"DateEquals", operator{family: familyDate}},
		{"DateNotEquals", operator{family: familyDate, negated: true}},
		{"DateLessThan", operator{family: familyDate, relation: less}},
		{"DateLessThanEquals", operator{family: familyDate, relation: lessEqual}},
		{"DateGreaterThan", operator{family: familyDate, relation: greater}},
		{"DateGreaterThanEquals", operator{family: familyDate, relation: greaterEqual}},
		{"Bool", operator{family: familyBool}},
		{"BinaryEquals", operator{family: familyBinary}},
		{"IpAddress", operator{family: familyAddress}},
		{"NotIpAddress", operator{family: familyAddress, negated: true}},
		{"ArnEquals", operator{family: familyARN}},
		{"ArnLike", operator{family: familyARN}},
		{"ArnNotEquals", operator{family: familyARN, negated: true}},
		{"ArnNotLike", operator{family: familyARN, negated: true}},
		{"Null", operator{family: familyNull}},
	}
}

// operatorNames are the names that a message may propose.
func operatorNames() []string {
	var out []string
	for _, o := range operators() {
		for _, q := range []quantifier{single, anyOf, allOf} {
			out = append(out, string(q)+o.name, string(q)+o.name+ifExistsSuffix)
		}
	}
	return out
}

// parseOperator takes a name such as ForAnyValue:StringLikeIfExists apart.
// NullIfExists is one although the guide rules it out: IAM is not on record with
// refusing it, and a comparison with it is Unknown.
func parseOperator(name string) (operator, bool) {
	set := single
	for _, q := range []quantifier{anyOf, allOf} {
		if rest, ok := strings.CutPrefix(name, string(q)); ok {
			name, set = rest, q
			break
		}
	}
	name, ifExists := strings.CutSuffix(name, ifExistsSuffix)
	for _, o := range operators() {
		if o.name == name {
			o.quantifier, o.ifExists = set, ifExists
			return o.operator, true
		}
	}
	return operator{}, false
}

// takesVariables tells whether values may hold policy variables: those of string
// and ARN operators may (reference_policies_variables).
func (o operator) takesVariables() bool {
	switch o.family {
	case familyString, familyFold, familyLike, familyARN:
		return true
	}
	return false
}

// fits tells whether an order, as that of cmp.Compare, is the wanted one.
func (o operator) fits(order int) Truth {
	switch o.relation {
	case less:
		return truth(order < 0)
	case lessEqual:
		return truth(order <= 0)
	case greater:
		return truth(order > 0)
	case greaterEqual:
		return truth(order >= 0)
	}
	return truth(order == 0)
}

# ruff: noqa: E501 - one production a line
"""The grammar of SPARQL 1.1 queries (19.8), written so that one token always decides.

Names are shortened, and repetitions are productions of their own.
"""

__all__ = ["PRODUCTIONS"]

PRODUCTIONS = """
Query: Prologue QueryForm Values
Prologue: Declaration Prologue |
Declaration: BASE IRI | PREFIX PREFIX_NAME IRI
QueryForm: Select | Construct | Describe | Ask
Select: SelectClause Datasets Where Modifiers
SelectClause: SELECT Distinct Projection
Distinct: DISTINCT | REDUCED |
Projection: * | Projected MoreProjected
MoreProjected: Projected MoreProjected |
Projected: VARIABLE | ( Expression AS VARIABLE )
Construct: CONSTRUCT ConstructRest Modifiers
ConstructRest: { Template } Datasets Where | Datasets WHERE { Template }
Template: SameSubject TemplateRest |
TemplateRest: . Template |
Describe: DESCRIBE Described Datasets MaybeWhere Modifiers
Described: * | VariableOrIri MoreDescribed
MoreDescribed: VariableOrIri MoreDescribed |
Ask: ASK Datasets Where Modifiers
Datasets: FROM MaybeNamed Iri Datasets |
MaybeNamed: NAMED |
MaybeWhere: Where |
Where: WHERE Group | Group
Modifiers: GroupBy Having OrderBy Slice
GroupBy: GROUP BY GroupKey GroupKeys |
GroupKeys: GroupKey GroupKeys |
GroupKey: BuiltIn | FunctionCall | ( Expression MaybeAs ) | VARIABLE
MaybeAs: AS VARIABLE |
Having: HAVING Constraint Constraints |
Constraints: Constraint Constraints |
OrderBy: ORDER BY OrderKey OrderKeys |
OrderKeys: OrderKey OrderKeys |
OrderKey: ASC Bracketed | DESC Bracketed | Constraint | VARIABLE
Slice: LIMIT INTEGER MaybeOffset | OFFSET INTEGER MaybeLimit |
MaybeOffset: OFFSET INTEGER |
MaybeLimit: LIMIT INTEGER |
Values: VALUES DataBlock |
Group: { GroupBody }
GroupBody: SubSelect | Triples Patterns
SubSelect: SelectClause Where Modifiers Values
Patterns: Pattern MaybeDot Triples Patterns |
MaybeDot: . |
Triples: SameSubjectPath TriplesRest |
TriplesRest: . Triples |
Pattern: Group Unions | OPTIONAL Group | MINUS Group | GRAPH VariableOrIri Group | Service | Filter | Bind | VALUES DataBlock
Unions: UNION Group Unions |
Service: SERVICE MaybeSilent VariableOrIri Group
MaybeSilent: SILENT |
Filter: FILTER Constraint
Bind: BIND ( Expression AS VARIABLE )
DataBlock: VARIABLE { DataValues } | DataNames { DataRows }
DataNames: NIL | ( VARIABLE DataVariables )
DataVariables: VARIABLE DataVariables |
DataRows: DataRow DataRows |
DataRow: NIL | ( DataValue DataValues )
DataValues: DataValue DataValues |
DataValue: Iri | Literal | UNDEF
Constraint: Bracketed | BuiltIn | FunctionCall
FunctionCall: Iri Arguments
Arguments: NIL | ( Distinct Expression MoreExpressions )
ExpressionList: NIL | ( Expression MoreExpressions )
MoreExpressions: , Expression MoreExpressions |
SameSubject: VariableOrTerm PropertyList | TriplesNode MaybePropertyList
MaybePropertyList: PropertyList |
PropertyList: Verb Objects MoreProperties
MoreProperties: ; MaybeProperty MoreProperties |
MaybeProperty: Verb Objects |
Verb: VariableOrIri | A
Objects: Node MoreObjects
MoreObjects: , Node MoreObjects |
Node: VariableOrTerm | TriplesNode
TriplesNode: ( Node Nodes ) | [ PropertyList ]
Nodes: Node Nodes |
SameSubjectPath: VariableOrTerm PropertyListPath | TriplesNodePath MaybePropertyListPath
MaybePropertyListPath: PropertyListPath |
PropertyListPath: VerbPath ObjectsPath MorePropertiesPath
MorePropertiesPath: ; MaybePropertyPath MorePropertiesPath |
MaybePropertyPath: VerbPath ObjectsPath |
VerbPath: Path | VARIABLE
ObjectsPath: NodePath MoreObjectsPath
MoreObjectsPath: , NodePath MoreObjectsPath |
NodePath: VariableOrTerm | TriplesNodePath
TriplesNodePath: ( NodePath NodesPath ) | [ PropertyListPath ]
NodesPath: NodePath NodesPath |
Path: PathSequence Alternatives
Alternatives: OR PathSequence Alternatives |
PathSequence: PathStep PathSteps
PathSteps: / PathStep PathSteps |
PathStep: PathElement | ^ PathElement
PathElement: PathPrimary PathModifier
PathModifier: ? | * | + |
PathPrimary: Iri | A | ! Negated | ( Path )
Negated: NegatedOne | NIL | ( NegatedOne NegatedMore )
NegatedMore: OR NegatedOne NegatedMore |
NegatedOne: Iri | A | ^ IriOrA
IriOrA: Iri | A
VariableOrTerm: VARIABLE | Iri | Literal | BLANK_NODE | ANON | NIL
VariableOrIri: VARIABLE | Iri
Expression: And Ors
Ors: || And Ors |
And: Relation Ands
Ands: && Relation Ands |
Relation: Sum Compared
Compared: = Sum | != Sum | < Sum | > Sum | <= Sum | >= Sum | IN ExpressionList | NOT IN ExpressionList |
Sum: Product Summands
Summands: + Product Summands | - Product Summands | SIGNED Factors Summands |
Product: Unary Factors
Factors: * Unary Factors | / Unary Factors |
Unary: ! Unary | + Primary | - Primary | Primary
Primary: Bracketed | BuiltIn | Iri MaybeArguments | Literal | VARIABLE
MaybeArguments: Arguments |
Bracketed: ( Expression )
BuiltIn: FUNCTION ExpressionList | BOUND ( VARIABLE ) | EXISTS Group | NOT EXISTS Group | AGGREGATE ( Distinct Aggregated Separator )
Aggregated: * | Expression
Separator: ; SEPARATOR = STRING |
Literal: STRING Annotation | INTEGER | NUMBER | SIGNED | TRUE | FALSE
Annotation: LANGUAGE_TAG | ^^ Iri |
Iri: IRI | PREFIXED_NAME | PREFIX_NAME
"""
"""One production a line, alternatives between ` | `, an empty one at the end; `OR` is `|`."""

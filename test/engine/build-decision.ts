// A small decision requirements graph: a table over `score`, and a decision that requires it.

/** `grade` is a table with one input; `route` is an expression over its result. */
export function buildDecisions(expression = '= if grade = "good" then "automatic" else "review"'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="Routing" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="grade" name="Grade">
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="in" label="Score"><inputExpression id="in-expression" typeRef="number"><text>score</text></inputExpression></input>
      <output id="out" name="grade" typeRef="string"/>
      <rule id="rule-good"><inputEntry id="e1"><text>&gt;= 5</text></inputEntry><outputEntry id="o1"><text>"good"</text></outputEntry></rule>
      <rule id="rule-bad"><inputEntry id="e2"><text>&lt; 5</text></inputEntry><outputEntry id="o2"><text>"bad"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="route" name="Route">
    <variable id="v" name="route"/>
    <informationRequirement id="ir"><requiredDecision href="#grade"/></informationRequirement>
    <literalExpression id="le"><text>${expression.replaceAll('<', '&lt;')}</text></literalExpression>
  </decision>
</definitions>`;
}

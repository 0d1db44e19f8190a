// What we use of bpmn-moddle, which brings no declaration of its entry point.
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages: Record<string, unknown>);
  }
}

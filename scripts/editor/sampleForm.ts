/** A form that the sample GitHub has in one of its repositories. */
export const sampleForm = `name: Bug report
description: Something does not do what it should
title: "[Bug]: "
labels: [bug]
body:
  - type: markdown
    attributes:
      value: Leave out names and whatever else is confidential.
  - type: input
    id: version
    attributes:
      label: Version
      description: As it says under About
      placeholder: 4.2.1
    validations:
      required: true
  - type: dropdown
    id: where
    attributes:
      label: Where was it seen?
      options: [Production, UAT, On my machine]
    validations:
      required: true
  - type: textarea
    id: steps
    attributes:
      label: Steps
      description: What one has to do to see it
      value: |
        1.
        2.
        3.
  - type: textarea
    id: log
    attributes:
      label: Log
      render: shell
  - type: checkboxes
    id: checks
    attributes:
      label: Checks
      options:
        - label: It is not among the known issues
          required: true
        - label: There is a way around it
`;

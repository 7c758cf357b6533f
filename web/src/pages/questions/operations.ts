import { graphql } from '../../api/generated'

export const SAVED_QUESTIONS = graphql(`
  query SavedQuestions {
    savedQuestions {
      name
      description
      text
      variables {
        name
        type
        default
      }
    }
  }
`)

"""From judged sentences to an answer: which are shown, cited, checked verbatim, and what is said in our own voice."""

"""How well what was found answers: sentences in their frame, a reader's scores, one calibrated probability, guards."""

// CarnetNotes

"""What is taken out of people's own words before anybody reads them: contact details, numbers, names, signatures."""

"""The German credit data in plain names: which field is a number, which a code, and what stays apart as protected."""

import pandas as pd

# Field: column of the source.
NUMBERS = {
    "termMonths": "duration_in_month",
    "amount": "credit_amount",
    "installmentRate": "installment_rate_in_percentage_of_disposable_income",
    "residenceSince": "present_residence_since",
    "existingCredits": "number_of_existing_credits_at_this_bank",
    "dependents": "number_of_people_being_liable_to_provide_maintenance_for",
}

# Field: code: text of the source. The order of the codes is the order of the model's numbers.
CODES = {
    "checkingAccount": {
        "none": "no checking account",
        "negative": "... < 0 DM",
        "under-200": "0 <= ... < 200 DM",
        "from-200": "... >= 200 DM / salary assignments for at least 1 year",
    },
    "creditHistory": {
        "none-taken": "no credits taken/ all credits paid back duly",
        "all-paid-here": "all credits at this bank paid back duly",
        "paid-duly": "existing credits paid back duly till now",
        "delayed": "delay in paying off in the past",
        "critical": "critical account/ other credits existing (not at this bank)",
    },
    "purpose": {
        "car-new": "car (new)",
        "car-used": "car (used)",
        "furniture": "furniture/equipment",
        "radio-tv": "radio/television",
        "appliances": "domestic appliances",
        "repairs": "repairs",
        "education": "education",
        "retraining": "retraining",
        "business": "business",
        "other": "others",
    },
    "savings": {
        "none-known": "unknown/ no savings account",
        "under-100": "... < 100 DM",
        "100-to-500": "100 <= ... < 500 DM",
        "500-to-1000": "500 <= ... < 1000 DM",
        "from-1000": "... >= 1000 DM",
    },
    "employmentSince": {
        "unemployed": "unemployed",
        "under-1-year": "... < 1 year",
        "1-to-4-years": "1 <= ... < 4 years",
        "4-to-7-years": "4 <= ... < 7 years",
        "from-7-years": "... >= 7 years",
    },
    "guarantee": {"none": "none", "co-applicant": "co-applicant", "guarantor": "guarantor"},
    "property": {
        "real-estate": "real estate",
        "building-savings": "building society savings agreement/ life insurance",
        "car-or-other": "car or other, not in attribute Savings account/bonds",
        "none-known": "unknown / no property",
    },
    "otherInstallments": {"none": "none", "bank": "bank", "stores": "stores"},
    "housing": {"own": "own", "rent": "rent", "free": "for free"},
    "job": {
        "unskilled-non-resident": "unemployed/ unskilled - non-resident",
        "unskilled-resident": "unskilled - resident",
        "skilled": "skilled employee / official",
        "management": "management/ self-employed/ highly qualified employee/ officer",
    },
    "telephone": {"none": "none", "registered": "yes, registered under the customers name"},
}

# In the order of the case's page, as in the service definition.
FIELDS = [
    "purpose", "amount", "termMonths", "installmentRate", "guarantee",
    "checkingAccount", "savings", "creditHistory", "existingCredits", "otherInstallments",
    "employmentSince", "job", "housing", "residenceSince", "property", "dependents", "telephone",
]  # fmt: skip

CODE_COLUMNS = {
    "checkingAccount": "status_of_existing_checking_account",
    "creditHistory": "credit_history",
    "purpose": "purpose",
    "savings": "savings_account_and_bonds",
    "employmentSince": "present_employment_since",
    "guarantee": "other_debtors_or_guarantors",
    "property": "property",
    "otherInstallments": "other_installment_plans",
    "housing": "housing",
    "job": "job",
    "telephone": "telephone",
}

# Personal status and sex is not among them: in this copy the column is sorted apart from its rows.
PROTECTED = ["ageYears", "foreignWorker"]


def read_applications(source: pd.DataFrame) -> pd.DataFrame:
    """One row per application in our names; fails on a value that is not known."""
    data = pd.DataFrame(index=source.index)
    for field in FIELDS:
        if field in NUMBERS:
            data[field] = source[NUMBERS[field]].astype(int)
        else:
            code_by_text = {text: code for code, text in CODES[field].items()}
            data[field] = [code_by_text[text] for text in source[CODE_COLUMNS[field]]]
    data["outcome"] = [{"good": "grant", "bad": "decline"}[value] for value in source["creditability"]]
    data["ageYears"] = source["age_in_years"].astype(int)
    data["foreignWorker"] = [{"yes": True, "no": False}[value] for value in source["foreign_worker"]]
    return data

"""The practice shop: seller-centre pages under their real host names, with buyers who answer back.

A newcomer learns here before risking a real shop, and every end-to-end test runs here. Nothing leaves the machine.
"""

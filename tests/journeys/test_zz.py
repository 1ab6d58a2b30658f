from tests.journeys.test_public_pages import *
def test_more(site, browser):
    from luodi.kernel.ledger.models import Event
    a = addresses(site.made)
    ev = Event.objects.filter(subject=site.made.promises["背街小巷"].id, kind="commitment.verified").first()
    a["event"] = f"/e/{ev.id}"
    a["vague"] = f"/c/{site.made.promises['区领导牵头'].id}"
    a["changed"] = f"/c/{site.made.promises['夜班公交'].id}"
    a["e404"] = "/c/xyz"
    a["tablist"] = "/?list=1"
    with page_of(browser, 1440) as page:
        for n in ("event","kept","vague","changed","search","list","register","unit","about","data","wrong","e404","documents"):
            page.goto(site.url+a[n]); page.screenshot(path=f"/tmp/pE/{n}.png", full_page=True)
    with page_of(browser, 390) as page:
        for n in ("changed","register","tablist"):
            page.goto(site.url+a[n]); page.screenshot(path=f"/tmp/pE/{n}-390.png", full_page=True)
del test_every_page_is_accessible_fits_and_breaks_no_policy, test_pictures_are_taken, test_the_source_switches_without_script, test_larger_type_and_english_by_switch, test_an_empty_district

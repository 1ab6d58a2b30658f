from tests.journeys.test_public_pages import *
def test_more(site, browser):
    a = addresses(site.made)
    with page_of(browser, 1440) as page:
        page.goto(site.url+"/lang?to=en&next=/"); page.screenshot(path=f"/tmp/pE/en.png", full_page=True)
        page.goto(site.url+a["promise"]); page.screenshot(path=f"/tmp/pE/en-promise.png", full_page=True)
        page.goto(site.url+"/lang?to=zh-hans&next=/about"); page.screenshot(path=f"/tmp/pE/about.png", full_page=True)
        page.goto(site.url+a["register"]); page.screenshot(path=f"/tmp/pE/register.png", full_page=True)
    with page_of(browser, 1440, dark=True) as page:
        page.goto(site.url+"/"); page.screenshot(path=f"/tmp/pE/dark.png", full_page=True)

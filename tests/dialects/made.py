"""Small made-up directories in each dialect, with every kind of dirt that real ones have."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"

OHANA = {
    "organizations.csv": "id,name,description,funding_sources,date_incorporated\n"
    '1,Hill House,"A house.\nOpen to all.","City, Gifts",1970-02-01\n'
    "2,River Hall,,,\n",
    "locations.csv": "id,organization_id,name,admin_emails,accessibility,languages,email,virtual\n"
    '1,1,Hill,staff@example.org,"ramp, restroom",English,,\n'
    "2,2,River,,,,not an address,true\n",
    "addresses.csv": "id,location_id,address_1,city,state_province,postal_code,country\n"
    "1,1,1 Hill Road,Milltown,CT,06776,us\n2,2,,Milltown,CT,06776,\n",
    "mail_addresses.csv": "id,location_id,attention,address_1,city,state_province,postal_code,country\n"
    "1,1,Desk,PO Box 1,Milltown,CT,06776,US\n2,99,Desk,PO Box 9,Milltown,CT,06776,US\n",
    "services.csv": "id,location_id,name,description,status,fees,keywords,taxonomy_ids,website\n"
    '1,1,Beds,A bed,active,none,"bed, night",101-01,www.example.org\n2,2,Meals,A meal,,,,,\n3,,Lost,,active,,,,\n',
    "phones.csv": "id,contact_id,location_id,organization_id,service_id,number,number_type,department,vanity_number\n"
    "1,,1,,,(203) 555-0100,tty,Desk,\n2,,,,,(203) 555-0101,voice,,\n3,,1,,,,voice,,\n",
    "taxonomy.csv": "bom,taxonomy_id,name,parent_id,parent_name\n,101,Help,,\n,101-01,Beds,101,Help\n",
    "categories.csv": "bom,taxonomy_id,name,parent_id,parent_name\n,101,Help,,\n,101-01,Beds,101,Help\n",
    "regular_schedules.csv": "id,location_id,service_id,weekday,opens_at,closes_at\n"
    "1,1,,Monday,9:00am,5 PM\n2,1,,Someday,early,late\n",
    "holiday_schedules.csv": "id,location_id,service_id,start_date,end_date,closed,opens_at,closes_at\n"
    '1,1,,"December 24, 2025",12/24/25,true,,\n2,1,,"January 01, 0001","January 01, 0001",true,,\n',
    "programs.csv": "organization_id,name\n1,Winter\n1,\n",
    "secrets.csv": "one,two\n1,2\n",
}
TWO = {
    "organizations.csv": "id,name,description,url\n7001,Hill House,A house,http://example.org\n",
    "programs.csv": "id,organization_id,name\n1,7001,Winter\n2,9999,Gone\n",
    "locations.csv": "id,organization_id,name,latitude,longitude\n8001,7001,Hill,41.5,-73.4\n",
    "services.csv": "id,organization_id,program_id,name,status,fees\n"
    '5001,"9999,7001",1,Beds,active,none\n5002,7001,,Meals,paused,\n5003,9999,,Gone,active,\n',
    "services_at_location.csv": "id,service_id,location_id,description\n"
    "1,5001,8001,\n2,5001,9999,\n3,9999,8001,\n4,5002,8003,\n",
    "phones.csv": "id,location_id,service_id,organization_id,number,type,language\n"
    '1,8001,"5001,9999,5002",,(203) 555-0100,Voice,"en, es"\n2,9999,,,(203) 555-0101,voice,\n',
    "contacts.csv": "id,organization_id,service_id,name\n1,7001,0,Front desk\n",
    "schedules.csv": "id,service_id,weekday,valid_from,valid_to,byday\n"
    "1,5001,,8:30AM,5:30PM,\n1,5001,Monday - Friday,9:00AM,24 Hours,\n2,5001,,,,\n3,9999,,9:00AM,5:00PM,\n",
    "physical_addresses.csv": "id,location_id,address_1,address_3,city,state_province,postal_code,country\n"
    "1,8001,1 Hill Road,Rear,Milltown,CT,06776,US\n1,8001,3 Hill Road,,Milltown,CT,06776,US\n"
    "3,8003,5 Mill Street,,Milltown,CT,06776,US\n4,8004,7 Mill Street,,Milltown,CT,06776,US\n",
    "taxonomy_terms.csv": "id,term,parent_id,taxonomy\n1,Help,,Kinds\n2,Beds,1,Kinds\n",
    "taxonomy_types.csv": "id,term,parent_id,taxonomy\n1,Help,,Kinds\n2,Beds,1,Kinds\n",
    "service_attributes.csv": "id,service_id,taxonomy_term_id\n1,5001,2\n2,5001,9\n",
    "service_areas.csv": "id,service_id,service_area\n1,5001,Milltown\n2,,Nowhere\n",
}
ONE = {
    "organization.csv": "id,name,description,url\no1,Hill House,A house,\n",
    "HSDS Services (1).csv": "id,organization_id,name,status,taxonomy_ids,eligibility\n"
    "s1,o1,Beds,active,t1,\n",
    "location.csv": "id,organization_id,name\nl1,o1,Hill\n",
    "services_at_location.csv": "id,service_id,location_id\nx1,s1,l1\n",
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\nr1,s1,1,09:00:00,17:00:00\n",
    "eligibility.csv": "id,service_id,eligibility\ne1,s1,Adults\ne2,s9,Children\n",
    "payments_accepted.csv": "id,service_id,payment\np1,s1,cash\n",
    "taxonomy.csv": "id,name,parent_id,parent_name,vocabulary\nt1,Beds,,,Kinds\n",
    "metadata.csv": "id,resource_id,last_action_date,last_action_type,field_name,previous_value,"
    "replacement_value,updated_by\n"
    "m1,o1,2016-08-25T08:31:03+00:00,create,name,,Hill House,editor\n"
    "m3,o1,2016-08-25T08:31:03+00:00,update,name,Hill,Hill House,\n"
    "m2,o9,2016-08-25T08:31:03+00:00,create,name,,Gone,editor\n",
}
DIALECTS = {"Ohana": OHANA, "2.0": TWO, "1.1": ONE}
